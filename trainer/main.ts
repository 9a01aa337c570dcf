import { runData } from "./cli/data.ts";
import { evaluateCheckpoint } from "./cli/evaluate-checkpoint.ts";
import { exportCheckpoint } from "./cli/export-checkpoint.ts";
import { generateText } from "./cli/generate-text.ts";
import { helpText } from "./cli/help.ts";
import { inspectCheckpoint } from "./cli/inspect-checkpoint.ts";
import { lastLogits } from "./cli/last-logits.ts";
import { packageCheckpoint } from "./cli/package-checkpoint.ts";
import { parseArguments } from "./cli/parse-arguments.ts";
import { publishCheckpoint } from "./cli/publish-checkpoint.ts";
import { reportRun } from "./cli/report-run.ts";
import { train } from "./cli/train.ts";
import { TrainerError } from "./trainer-error.ts";

/** `npm run trainer -- VERB …`: read the wish, do it, say what went wrong in one sentence. */
try {
  const words = process.argv.slice(2);
  // A data step reads documents from stdin and has words of its own.
  await (words[0] === "data" ? runData(words.slice(1)) : runVerb(words));
} catch (error) {
  // A known mistake needs no stack; anything else is a defect and is shown whole.
  console.error(error instanceof TrainerError ? error.message : error);
  process.exitCode = error instanceof TrainerError && error.code === "usage" ? 2 : 1;
}

async function runVerb(words: string[]): Promise<void> {
  const command = parseArguments(words);
  switch (command.verb) {
    case "help":
      console.log(helpText(command.of));
      break;
    case "train":
      await train(command.options);
      break;
    case "logits":
      console.log(JSON.stringify({ logits: await lastLogits(command.options) }));
      break;
    case "generate":
      await generateText(command.options, console.log);
      break;
    case "export":
      console.log(await exportCheckpoint(command.options));
      break;
    case "package":
      await packageCheckpoint(command.options, console.log);
      break;
    case "publish":
      console.log(await publishCheckpoint(command.options));
      break;
    case "eval":
      console.log(JSON.stringify(await evaluateCheckpoint(command.options)));
      break;
    case "inspect":
      console.log(await inspectCheckpoint(command.options.checkpoint));
      break;
    case "report":
      console.log(await reportRun(command.options));
      break;
  }
}

import { mkdir, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import type { CheckpointState } from "../checkpoint/checkpoint-state.ts";
import { countParameters } from "../model/count-parameters.ts";
import { chartRun } from "./chart-run.ts";
import type { RunLog } from "./read-run.ts";
import { lossTable, usageOf } from "./summarize-run.ts";

/** Writes a report of a run as Markdown, its drawings in a folder of the same name beside it. */
export async function writeReport(
  path: string,
  { run, state }: { run: RunLog; state: CheckpointState },
): Promise<void> {
  const name = basename(path, ".md");
  const drawings = chartRun(run);
  const folder = join(dirname(path), name);
  await mkdir(folder, { recursive: true });
  for (const [file, svg] of drawings) {
    await writeFile(join(folder, `${file}.svg`), svg);
  }
  const figures = [...drawings.keys()].map((file) => `![${file}](${name}/${file}.svg)`);
  const text = [
    ...heading(run, state),
    "## Losses",
    "",
    ...losses(run),
    "",
    "## Held out",
    "",
    ...examinations(run),
    "",
    "## Curves",
    "",
    figures.join("\n\n"),
    "",
    "## What it wrote",
    "",
    ...samples(run),
    "## What it took",
    "",
    ...usage(run, state),
    "",
    "## What happened",
    "",
    ...happenings(run),
    "",
  ].join("\n");
  await writeFile(path, text);
}

function heading(run: RunLog, { config }: CheckpointState): string[] {
  const { model, data } = config;
  const size = (countParameters(model) / 1e6).toFixed(2);
  const datasets = data.datasets.map(({ name, source, share }) => `${name}: ${source} (${share})`);
  const tasks = Object.entries(data.tasks)
    .filter(([, weight]) => weight > 0)
    .map(([task, weight]) => `${task} ${weight}`);
  const { trainedMinutes, tokens } = usageOf(run);
  const last = run.steps.at(-1)?.step ?? 0;
  return [
    `# ${config.name}`,
    "",
    `${size} million parameters (${model.num_layers} layers × ${model.dim_model}), vocabulary ${model.vocab_size}, rows of ${data.length} positions, ${data.rows} rows × ${config.accumulate} a step.`,
    `Data: ${datasets.join("; ")}. Weights of the tasks: ${tasks.join(", ")}.`,
    `${last} of ${config.steps} steps, ${(tokens / 1e6).toFixed(2)} million tokens, ${trainedMinutes.toFixed(1)} minutes of training.`,
    "",
    "Every figure and drawing here was written by `npm run trainer -- report` from the run's own log.",
    "",
  ];
}

function losses(run: RunLog): string[] {
  const { metrics, rows } = lossTable(run);
  return table(
    ["step", "tokens", ...metrics],
    rows.map(({ step, tokens, losses }) => [
      String(step),
      String(tokens),
      ...metrics.map((name) => fixed(losses[name])),
    ]),
  );
}

/** The examinations at the marks of a fifth of the run. */
function examinations({ occasions }: RunLog): string[] {
  const found = occasions.filter((occasion) => occasion.kind === "evaluation");
  const kept = atMarks(found, 6);
  const names = [...new Set(kept.flatMap(({ results }) => Object.keys(results)))].sort();
  return table(
    ["step", ...names],
    kept.map(({ step, results }) => [String(step), ...names.map((name) => fixed(results[name]))]),
  );
}

function samples({ occasions }: RunLog): string[] {
  const found = occasions.filter((occasion) => occasion.kind === "samples");
  return atMarks(found, 6).flatMap(({ step, samples }) => [
    `Step ${step}`,
    "",
    ...samples.map(({ prompt, text }) => `> **${prompt}**${text.replaceAll("\n", " / ")}\n>`),
    "",
  ]);
}

function usage(run: RunLog, { config }: CheckpointState): string[] {
  const used = usageOf(run);
  const { currency } = config.efficiency;
  const { steps, firstGib, lastGib } = used.longestProcess;
  return table(
    ["", ""],
    [
      ["tokens a second, median", used.medianTokensPerSecond.toFixed(0)],
      ["model FLOP utilisation, median", `${(100 * used.medianMfu).toFixed(1)} %`],
      ["energy", `${used.kwh.toFixed(4)} kWh`],
      ["carbon", `${used.co2eKg.toFixed(4)} kg CO2e`],
      ["cost", `${used.cost.toFixed(4)} ${currency}`],
      ["largest resident memory", `${used.peakGib.toFixed(2)} GiB`],
      [
        `memory of the longest process (${steps} steps), at its beginning and end`,
        `${firstGib.toFixed(2)} → ${lastGib.toFixed(2)} GiB`,
      ],
    ],
  );
}

function happenings({ occasions }: RunLog): string[] {
  const lines = occasions.flatMap((occasion) => {
    if (occasion.kind === "event") {
      return [`- step ${occasion.step}, ${occasion.event}: ${occasion.message}`];
    }
    return occasion.kind === "finish" ? [`- ${occasion.status}: ${occasion.message}`] : [];
  });
  return lines.length === 0 ? ["Nothing but steps."] : lines;
}

/** So many of the list, evenly spaced, the first and the last among them. */
function atMarks<T>(list: T[], count: number): T[] {
  const indices = Array.from({ length: count }, (_, i) =>
    Math.round((i * (list.length - 1)) / (count - 1)),
  );
  return [...new Set(indices)].flatMap((index) => list[index] ?? []);
}

function table(head: string[], rows: string[][]): string[] {
  const line = (cells: string[]): string => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)];
}

function fixed(value: number | null | undefined): string {
  return value === null || value === undefined ? "–" : value.toFixed(3);
}

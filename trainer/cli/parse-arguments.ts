import { type ParseArgsOptionsConfig, parseArgs } from "node:util";
import { z } from "zod";
import { FORMATS, Format, VERSION } from "#server/releases/contract.ts";
import { TrainerError } from "../trainer-error.ts";

const whole = (least: number): z.ZodCoercedNumber => z.coerce.number().int().min(least);

const Train = z.object({
  recipe: z.string(),
  steps: whole(1).optional(),
  portal: z.url({ protocol: /^https?$/ }).optional(),
  token: z.string().min(1).optional(),
  out: z.string().min(1).optional(),
  resume: z.boolean().default(false),
  seed: whole(0).optional(),
  threads: whole(1).optional(),
});
const Logits = z.object({
  checkpoint: z.string().min(1),
  ids: z.string().transform((text, context) => readIds(text, context)),
  slot: whole(0).default(2),
  segment: whole(0).default(2),
  threads: whole(1).default(1),
});
const Generate = z
  .object({
    checkpoint: z.string().min(1),
    prompt: z.string().min(1).optional(),
    "max-tokens": whole(1).default(64),
    temperature: z.coerce.number().min(0).default(0.9),
    "top-p": z.coerce.number().gt(0).max(1).default(0.9),
    beams: whole(1).max(16).default(1),
    "repetition-penalty": z.coerce.number().min(1).max(10).default(1),
    seed: whole(0).default(1234),
    threads: whole(1).default(1),
    stream: z.boolean().default(false),
  })
  .refine(({ prompt, stream }) => prompt !== undefined || stream, { path: ["prompt"] });
const Export = z.object({
  checkpoint: z.string().min(1),
  out: z.string().min(1),
  format: z.enum(["hf", "native", "int8"]).default("hf"),
  dtype: z.enum(["fp32", "fp16", "bf16"]).default("fp32"),
  "lm-head": z.enum(["vocab", "omit"]).default("vocab"),
});
const Package = z.object({
  checkpoint: z.string().min(1),
  out: z.string().min(1),
  format: Format,
  threads: whole(1).default(1),
});
const Publish = z.object({
  checkpoint: z.string().min(1),
  model: z.string().regex(/^[a-z0-9][a-z0-9-]{0,62}$/, "use a-z, 0-9 and -, at most 63"),
  version: z.string().regex(VERSION, "number it like 1.0 or 2.1.3").optional(),
  formats: z.string().default(FORMATS.join(",")),
  portal: z.url({ protocol: /^https?$/ }).optional(),
  token: z.string().min(1).optional(),
});
const Eval = z.object({ checkpoint: z.string().min(1), threads: whole(1).default(1) });
const Report = z.object({
  run: z.string().min(1),
  out: z.string().regex(/\.md$/, "name a .md file"),
});
const Inspect = z.object({ checkpoint: z.string().min(1) });

export type TrainCommand = z.infer<typeof Train>;
export type LogitsCommand = z.infer<typeof Logits>;
export type GenerateCommand = z.infer<typeof Generate>;
export type ExportCommand = z.infer<typeof Export>;
export type PackageCommand = z.infer<typeof Package>;
export type PublishCommand = z.infer<typeof Publish>;
export type EvalCommand = z.infer<typeof Eval>;
export type ReportCommand = z.infer<typeof Report>;
export type InspectCommand = z.infer<typeof Inspect>;

/** What the command line asks for. `help` without a verb is about all of them. */
export type Command =
  | { verb: "help"; of: Verb | null }
  | { verb: "train"; options: TrainCommand }
  | { verb: "logits"; options: LogitsCommand }
  | { verb: "generate"; options: GenerateCommand }
  | { verb: "export"; options: ExportCommand }
  | { verb: "package"; options: PackageCommand }
  | { verb: "publish"; options: PublishCommand }
  | { verb: "eval"; options: EvalCommand }
  | { verb: "inspect"; options: InspectCommand }
  | { verb: "report"; options: ReportCommand };

const SCHEMAS = {
  train: Train,
  logits: Logits,
  generate: Generate,
  export: Export,
  package: Package,
  publish: Publish,
  eval: Eval,
  inspect: Inspect,
  report: Report,
};
export type Verb = keyof typeof SCHEMAS;
export const VERBS = Object.keys(SCHEMAS) as Verb[];

/** Reads the arguments after `npm run trainer --`. What is wrong is named together with what would be right. */
export function parseArguments(args: string[]): Command {
  const [first, ...rest] = args;
  if (first === undefined || first === "--help" || first === "-h" || first === "help") {
    return { verb: "help", of: null };
  }
  const verb = VERBS.find((name) => name === first);
  if (verb === undefined) {
    throw new TrainerError(
      "usage",
      `There is no verb "${first}". Use one of: ${VERBS.join(", ")}; --help explains each.`,
    );
  }
  const values = readFlags(verb, rest);
  if (values["help"] === true) {
    return { verb: "help", of: verb };
  }
  switch (verb) {
    case "train":
      return { verb, options: check(verb, Train, values) };
    case "logits":
      return { verb, options: check(verb, Logits, values) };
    case "generate":
      return { verb, options: check(verb, Generate, values) };
    case "export":
      return { verb, options: check(verb, Export, values) };
    case "package":
      return { verb, options: check(verb, Package, values) };
    case "publish":
      return { verb, options: check(verb, Publish, values) };
    case "eval":
      return { verb, options: check(verb, Eval, values) };
    case "inspect":
      return { verb, options: check(verb, Inspect, values) };
    case "report":
      return { verb, options: check(verb, Report, values) };
  }
}

/** Options without a value. */
const SWITCHES: ReadonlySet<string> = new Set(["resume", "stream"]);

function readFlags(verb: Verb, args: string[]): Record<string, unknown> {
  const names = Object.keys(SCHEMAS[verb].shape);
  const options: ParseArgsOptionsConfig = { help: { type: "boolean", short: "h" } };
  for (const name of names) {
    options[name] = { type: SWITCHES.has(name) ? "boolean" : "string" };
  }
  try {
    return parseArgs({ args, options, strict: true, allowPositionals: false }).values;
  } catch (cause) {
    const detail = cause instanceof Error ? (cause.message.split(". ")[0] ?? "") : "";
    throw new TrainerError(
      "usage",
      `${verb}: ${detail}. It takes ${names.map((name) => `--${name}`).join(", ")}.`,
      { cause },
    );
  }
}

function check<S extends z.ZodType>(
  verb: Verb,
  schema: S,
  values: Record<string, unknown>,
): z.infer<S> {
  const parsed = schema.safeParse(values);
  if (parsed.success) {
    return parsed.data;
  }
  const [issue] = parsed.error.issues;
  const name = String(issue?.path[0] ?? "");
  const problem =
    values[name] === undefined ? "is missing" : `is not usable: ${issue?.message ?? ""}`;
  throw new TrainerError(
    "usage",
    `${verb}: --${name} ${problem}. npm run trainer -- ${verb} --help shows how it is used.`,
  );
}

function readIds(text: string, context: z.RefinementCtx<string>): number[] {
  const ids = text.split(",").map((part) => Number(part.trim()));
  if (text.trim() === "" || ids.some((id) => !Number.isInteger(id) || id < 0)) {
    context.addIssue({
      code: "custom",
      message: "give token ids separated by commas, such as 6,12,13",
    });
  }
  return ids;
}

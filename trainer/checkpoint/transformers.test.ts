import { execFile, execFileSync } from "node:child_process";
import { existsSync, mkdirSync } from "node:fs";
import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { beforeAll, describe, expect, test } from "vitest";
import { Random } from "../data/random.ts";
import { createDecodingSession } from "../engine/decoding-session.ts";
import { createInferenceSession } from "../engine/inference-session.ts";
import type { ModelConfig } from "../model/config.ts";
import { recomputingDecoder } from "../model/decoder.ts";
import { generate, layOut } from "../model/generate.ts";
import { goldenConfig } from "../model/golden-cases.ts";
import { initParameters } from "../model/parameters.ts";
import { encode } from "../tokenizer/encode.ts";
import { createVocabulary, FIXED_TOKENS, formatVocabulary } from "../tokenizer/vocabulary.ts";
import { encodeSafetensors } from "./safetensors.ts";
import { formatHuggingFaceConfig, huggingFaceConfigs, toHuggingFace } from "./to-hugging-face.ts";

/**
 * Exports in the real class. The packages are put into a virtual environment that is kept for the next time; where they
 * cannot be had the tests are skipped with the reason.
 */
const PLACE = join(import.meta.dirname, "..", "..", "node_modules", ".cache", "transformers");
const INSTALL_MS = 240_000;
const CHECK = join(import.meta.dirname, "check-transformers.py");

let python: string | null = null;
let reason = "";

beforeAll(() => {
  const own = join(PLACE, "bin", "python");
  python = [own, "python3"].find(hasTransformers) ?? null;
  if (python === null) {
    reason = install(own);
    python = reason === "" ? own : null;
  }
}, INSTALL_MS + 60_000);

function hasTransformers(command: string): boolean {
  try {
    execFileSync(command, ["-c", "import torch, transformers"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

/** Empty when it worked. */
function install(own: string): string {
  const pip = ["-m", "pip", "install", "-q", "--retries", "0", "--timeout", "20"];
  try {
    mkdirSync(PLACE, { recursive: true });
    if (!existsSync(own)) {
      execFileSync("python3", ["-m", "venv", PLACE], { stdio: "pipe" });
    }
    const limits = { stdio: "pipe", timeout: INSTALL_MS } as const;
    execFileSync(own, [...pip, "torch", "transformers", "safetensors"], limits);
  } catch (error) {
    const lines = String(error instanceof Error ? error.message : error)
      .trim()
      .split("\n");
    return `pip cannot install torch and transformers here: ${lines.at(-1)}`;
  }
  try {
    execFileSync(own, [...pip, "rjieba"], { stdio: "pipe", timeout: 60_000 });
  } catch {
    // The script has a segmenter that stands in for it.
  }
  return hasTransformers(own) ? "" : "torch and transformers were installed but do not load";
}

const SHAPES: [string, ModelConfig][] = [
  ["two layers, narrow heads", { ...goldenConfig, vocab_size: 64 }],
  [
    "five layers, inner width apart from the model's, other prompts and buckets",
    {
      ...goldenConfig,
      vocab_size: 80,
      num_layers: 5,
      dim_model: 24,
      num_heads: 3,
      dim_head: 12,
      dim_ff: 60,
      prompt_length: 2,
      prompt_types: 3,
      segment_types: 3,
      position_bias_num_buckets: 16,
      position_bias_max_distance: 20,
    },
  ],
  [
    "one wide layer, many slots, the published buckets",
    {
      ...goldenConfig,
      vocab_size: 97,
      num_layers: 1,
      dim_model: 64,
      num_heads: 4,
      dim_head: 16,
      dim_ff: 160,
      prompt_types: 9,
      prompt_length: 32,
      segment_types: 32,
      position_bias_num_buckets: 512,
      position_bias_max_distance: 2048,
    },
  ],
];

const IDS = [6, 12, 9, 30, 17, 17, 11, 25, 8, 31, 14];
const NEW_TOKENS = 8;
const HAN = "春江花月夜海上明共潮生滟随波千万里何处無水流宛轉";

function vocabularyOf(size: number) {
  const single = [..."0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJ，。!?"];
  const words = ["the", "ing", "Hello", "20", ...HAN];
  return createVocabulary([...FIXED_TOKENS, ...new Set([...words, ...single])].slice(0, size));
}

type Answer = {
  version: string;
  lastLogits: number[];
  generated: number[];
  tokens?: number[][];
  segmenter: string;
};

async function askTransformers(config: ModelConfig, lines: string[]): Promise<Answer> {
  const directory = await mkdtemp(join(tmpdir(), "transformers-"));
  const configs = huggingFaceConfigs(config, "fp32");
  const tensors = toHuggingFace(initParameters(config, 7), config, "vocab");
  for (const [name, content] of Object.entries({
    "model.safetensors": encodeSafetensors(tensors),
    "config.json": formatHuggingFaceConfig(configs.config),
    "tokenizer_config.json": JSON.stringify(configs.tokenizer),
    "vocab.txt": formatVocabulary(vocabularyOf(config.vocab_size)),
  })) {
    await writeFile(join(directory, name), content);
  }
  const child = promisify(execFile)(python ?? "python3", [CHECK, directory], {
    maxBuffer: 2 ** 26,
  });
  child.child.stdin?.end(JSON.stringify({ ids: IDS, newTokens: NEW_TOKENS, lines }));
  return JSON.parse((await child).stdout) as Answer;
}

describe.each(SHAPES)("a model of %s", (_, config) => {
  test("loads in transformers' CpmAntForCausalLM, with our logits and our tokens", async (context) => {
    context.skip(python === null, reason);
    const answer = await askTransformers(config, []);
    const options = {
      config,
      parameters: initParameters(config, 7),
      length: config.prompt_length + IDS.length + NEW_TOKENS,
      executor: "onnx" as const,
      threads: 1,
    };
    const session = await createInferenceSession(options);
    const text = { config, ids: IDS, maxNewTokens: NEW_TOKENS, eos: -1 };
    const decoder = recomputingDecoder(session, config);
    const logits = await decoder.begin(layOut({ ...text, decoder }).batch);
    const worst = Math.max(
      ...answer.lastLogits.map((value, i) => Math.abs(value - (logits[i] ?? Number.NaN))),
    );
    expect(answer.lastLogits).toHaveLength(config.vocab_size);
    expect(worst).toBeLessThan(1e-4);
    const cached = await createDecodingSession({ ...options, rows: 1 });
    const greedy = { ...text, decoder: cached, temperature: 0, topP: 1, seed: 1 };
    expect(answer.generated).toEqual(await generate(greedy));
    await cached.release();
    await session.release();
  }, 120_000);
});

test("the tokenizer gives transformers' ids on a thousand lines of mixed text", async (context) => {
  context.skip(python === null, reason);
  const config = { ...goldenConfig, vocab_size: 80 };
  const random = Random.fromSeed(11);
  const parts = [
    "the",
    "Hello",
    "thing",
    "2026",
    "x9Y",
    " ",
    "  ",
    "\n",
    "，",
    "。",
    "!",
    "未",
    "𠮷",
    "é",
  ];
  const lines = Array.from({ length: 1000 }, () =>
    Array.from({ length: 1 + random.below(30) }, () =>
      random.next() < 0.6
        ? (HAN[random.below(HAN.length)] ?? "")
        : (parts[random.below(parts.length)] ?? ""),
    ).join(""),
  );
  const answer = await askTransformers(config, lines);
  const vocabulary = vocabularyOf(config.vocab_size);
  expect(answer.tokens).toEqual(lines.map((line) => [6, ...encode(vocabulary, line)]));
}, 120_000);

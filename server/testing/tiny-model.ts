// A model of a few thousand numbers as the files of a checkpoint, for tests that need one without a training.
import { createHash } from "node:crypto";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Blobs } from "../platform/blobs.ts";
import { newId } from "../platform/ids.ts";
import type { PrismaClient } from "../platform/prisma-client/client.ts";

const CONFIG = {
  vocab_size: 64,
  dim_model: 16,
  dim_ff: 24,
  num_layers: 2,
  num_heads: 2,
  dim_head: 8,
  dropout_p: 0,
  position_bias_num_buckets: 8,
  position_bias_max_distance: 16,
  eps: 1e-6,
  half: false,
  prompt_types: 4,
  prompt_length: 4,
  segment_types: 4,
};
const FIXED = ["<pad>", "<unk>", "<mask>", "<sep>", "</n>", "</_>", "<s>", "</s>", "<d>", "</d>"];

function shapes(): [string, number[]][] {
  const { dim_model: d, dim_ff: f, vocab_size: v } = CONFIG;
  const layers = Array.from({ length: CONFIG.num_layers }, (_, l): [string, number[]][] => {
    const attention = `encoder.layers.${l}.self_att`;
    const ffn = `encoder.layers.${l}.ffn`;
    const maps = ["project_q", "project_k", "project_v", "attention_out"];
    return [
      [`${attention}.layernorm_before_attention.weight`, [d]],
      ...maps.map((name): [string, number[]] => [
        `${attention}.self_attention.${name}.weight`,
        [d, d],
      ]),
      [`${ffn}.layernorm_before_ffn.weight`, [d]],
      [`${ffn}.ffn.w_in.w_0.weight`, [f, d]],
      [`${ffn}.ffn.w_in.w_1.weight`, [f, d]],
      [`${ffn}.ffn.w_out.weight`, [d, f]],
    ];
  });
  return [
    ...layers.flat(),
    ["encoder.output_layernorm.weight", [d]],
    ["prompt_embedding.weight", [CONFIG.prompt_types * CONFIG.prompt_length, d]],
    ["segment_embedding.weight", [CONFIG.segment_types, d]],
    ["input_embedding.weight", [v, d]],
    ["position_bias.relative_attention_bias", [CONFIG.segment_types ** 2 + 8, 2]],
  ];
}

function weights(seed: number): Buffer {
  const header: Record<string, unknown> = { __metadata__: { format: "pt" } };
  const bodies: Buffer[] = [];
  let end = 0;
  for (const [name, shape] of shapes()) {
    const count = shape.reduce((a, b) => a * b, 1);
    const values = Float32Array.from({ length: count }, (_, at) =>
      name.includes("norm") ? 1 : Math.sin(seed + 0.7 * end + 0.37 * at),
    );
    header[name] = { dtype: "F32", shape, data_offsets: [end, end + 4 * count] };
    end += 4 * count;
    bodies.push(Buffer.from(values.buffer));
  }
  const text = JSON.stringify(header);
  const json = Buffer.from(text.padEnd(Math.ceil(text.length / 8) * 8));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(json.length));
  return Buffer.concat([length, json, ...bodies]);
}

type Made = { runId: string; checkpointId: string; weightsSha256: string };

/** A run with one public checkpoint whose files are blobs. */
export async function tinyCheckpoint(
  { db, blobs, dataDir }: { db: PrismaClient; blobs: Blobs; dataDir: string },
  { step = 100, seed = 1 }: { step?: number; seed?: number } = {},
): Promise<Made> {
  const tokens = [
    ...FIXED,
    ...Array.from({ length: 54 }, (_, i) => String.fromCharCode(0x4e00 + i)),
  ];
  const contents: Record<string, Buffer> = {
    "config.json": Buffer.from(JSON.stringify(CONFIG)),
    "model.safetensors": weights(seed),
    "vocab.txt": Buffer.from(`${tokens.join("\n")}\n`),
  };
  const [runId, checkpointId] = [newId("run"), newId("ckpt")];
  await db.project.upsert({ where: { id: "tiny" }, create: { id: "tiny" }, update: {} });
  const config = { model: CONFIG, efficiency: { currency: "CNY" } };
  await db.run.create({
    data: { id: runId, projectId: "tiny", name: "Tiny run", config, planned: {}, attempt: 1 },
  });
  await db.attempt.create({
    data: { runId, number: 1, fromStep: 0, reason: "Go.", lastStep: step },
  });
  const files = [];
  for (const [name, bytes] of Object.entries(contents)) {
    const sha256 = createHash("sha256").update(bytes).digest("hex");
    if (!(await blobs.has({ sha256, size: bytes.length }))) {
      const path = join(dataDir, `${checkpointId}-${name}`);
      await mkdir(dataDir, { recursive: true });
      await writeFile(path, bytes);
      await blobs.adopt(path, sha256);
    }
    files.push({ name, size: BigInt(bytes.length), sha256, completedAt: new Date() });
  }
  await db.checkpoint.create({
    data: {
      ...{ id: checkpointId, runId, attempt: 1, step, tokens: step * 100 },
      metrics: { loss: 3.5, "eval/loss": 3.25, "eval/loss/continuation": 3.125 },
      completedAt: new Date(),
      files: { create: files },
    },
  });
  const weightsSha256 = files.find(({ name }) => name === "model.safetensors")?.sha256 ?? "";
  return { runId, checkpointId, weightsSha256 };
}

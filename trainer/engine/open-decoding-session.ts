import { numpy as np } from "@jax-js/jax";
import { type Batch, checkBatch } from "../model/batch.ts";
import {
  FORWARD_ARRAYS,
  type ForwardArrays,
  forwardShape,
  forwardValues,
} from "../model/batch-arrays.ts";
import { type Cache, cachedStep } from "../model/cached-step.ts";
import type { ModelConfig } from "../model/config.ts";
import { encode } from "../model/cpm.ts";
import { weight } from "../model/parameter-tree.ts";
import { parameterShapes } from "../model/parameters.ts";
import { positionBucket } from "../model/position-bucket.ts";
import type { DecodingSession, DecodingSessionOptions } from "./decoding-contract.ts";
import type { Compiled, Device } from "./device.ts";
import { openDevice } from "./open-device.ts";
import { putParameters } from "./state-tensors.ts";
import { floats, parameterTree, type Traceable } from "./train-step.ts";

export function openDecodingSession(options: DecodingSessionOptions): Promise<DecodingSession> {
  return openDevice(options, async (device) => {
    const session = new OpenDecoder(device, options);
    await session.prepare();
    return session;
  });
}

class OpenDecoder<T> implements DecodingSession {
  readonly length: number;
  readonly rows: number;
  private readonly device: Device<T>;
  private readonly config: ModelConfig;
  private readonly parameters: T[];
  private compiled: { first: Compiled<T>; next: Compiled<T> } | null = null;
  private caches: T[] = [];
  /** Segment type of each position so far; new tokens take that of the last given one. */
  private segments: number[] = [];

  constructor(device: Device<T>, options: DecodingSessionOptions) {
    this.device = device;
    this.config = options.config;
    this.length = options.length;
    this.rows = options.rows;
    this.parameters = putParameters(device, options.config, options.parameters);
  }

  async prepare(): Promise<void> {
    const { device, config, length, rows } = this;
    const first = prefill(config, length);
    const next = step(config, { length, rows });
    this.compiled = {
      first: await device.compile(first.fn, first.inputs),
      next: await device.compile(next.fn, next.inputs),
    };
  }

  async begin(batch: Batch): Promise<Float32Array> {
    const { device, config, length } = this;
    if (batch.rows !== 1 || batch.length !== length) {
      throw new RangeError(
        `The session takes 1 × ${length} and got ${batch.rows} × ${batch.length}: pad the batch, or create a session of that length.`,
      );
    }
    checkBatch(batch, config);
    const valid = batch.lengths[0] ?? 0;
    const args = forwardValues(batch).map(({ values, shape }) => device.put(values, shape));
    args.push(device.put(Int32Array.of(valid - 1), [1]));
    const outputs = await this.ready().first.run([...this.parameters, ...args]);
    const [logits = new Float32Array(), ...caches] = outputs.map(
      (tensor) => device.get(tensor) as Float32Array,
    );
    this.free([...args, ...outputs, ...this.caches]);
    this.caches = caches.map((values) => this.repeat(values));
    this.segments = [...batch.segment.slice(0, valid)];
    return logits;
  }

  async extend(tokens: number[], from: number[]): Promise<Float32Array> {
    const { device, config, length, rows, segments } = this;
    const position = segments.length;
    if (position === 0 || position >= length || tokens.some((id) => id >= config.vocab_size)) {
      throw new RangeError(
        `There is no room for a token at position ${position} of ${length}, or it is not in the vocabulary: begin a text first, or create a longer session.`,
      );
    }
    const segment = segments.at(-1) ?? 0;
    segments.push(segment);
    const args = [
      Int32Array.from(tokens),
      new Int32Array(rows).fill(segment),
      Int32Array.from(from),
      Int32Array.of(position),
      this.biasRows(position),
    ].map((values) => device.put(values, [values.length]));
    const outputs = await this.ready().next.run([...this.parameters, ...this.caches, ...args]);
    const [logits, ...caches] = outputs;
    const values = logits === undefined ? new Float32Array() : device.get(logits);
    this.free([...args, ...this.caches, ...(logits === undefined ? [] : [logits])]);
    this.caches = caches;
    return values as Float32Array;
  }

  async release(): Promise<void> {
    this.free([...this.parameters, ...this.caches]);
    await this.compiled?.first.release();
    await this.compiled?.next.release();
  }

  private ready() {
    if (this.compiled === null) {
      throw new Error("The decoding session is not prepared; await createDecodingSession.");
    }
    return this.compiled;
  }

  /** Rows of the position table: by distance within one segment type, by the pair of types otherwise. */
  private biasRows(position: number): Int32Array {
    const { config, segments, length } = this;
    const { position_bias_num_buckets: buckets, position_bias_max_distance: farthest } = config;
    const own = segments[position] ?? 0;
    return Int32Array.from({ length }, (_, key) => {
      const other = segments[key] ?? own;
      return other === own
        ? positionBucket(key - position, buckets, farthest)
        : buckets + own * config.segment_types + other;
    });
  }

  /** The cache of the given text, once for each row. */
  private repeat(values: Float32Array): T {
    const { num_heads, dim_head } = this.config;
    const all = new Float32Array(this.rows * values.length);
    for (let row = 0; row < this.rows; row++) {
      all.set(values, row * values.length);
    }
    return this.device.put(all, [this.rows, num_heads, this.length, dim_head]);
  }

  private free(tensors: T[]): void {
    for (const tensor of tensors) {
      this.device.free(tensor);
    }
  }
}

/** Takes parameters, the arrays of one row and the index of its last token; returns logits `[V]` and all keys and values. */
function prefill(config: ModelConfig, length: number): Traceable {
  const shapes = [...parameterShapes(config).values()];
  return {
    fn: (...args) => {
      const parameters = parameterTree(config, args.slice(0, shapes.length));
      const entries = FORWARD_ARRAYS.map((name, index) => [name, args[shapes.length + index]]);
      const kept: np.Array[] = [];
      const state_1ND = encode(parameters, Object.fromEntries(entries) as ForwardArrays, {
        config,
        keep: (k, v) => kept.push(k, v),
      });
      const last = args.at(-1) as np.Array;
      const state_1D = np.take(state_1ND.reshape([length, config.dim_model]), last, 0);
      const table_VD = weight(parameters, "input_embedding.weight").ref;
      return [np.matmul(state_1D, np.transpose(table_VD)), ...kept];
    },
    inputs: [
      ...floats(shapes),
      ...FORWARD_ARRAYS.map((name) => ({
        shape: forwardShape(name, { rows: 1, length }),
        type: "int32" as const,
      })),
      { shape: [1], type: "int32" },
    ],
  };
}

/** Takes parameters, keys and values, and the new tokens; returns logits `[rows, V]` and the keys and values after. */
function step(config: ModelConfig, at: { length: number; rows: number }): Traceable {
  const shapes = [...parameterShapes(config).values()];
  const blocks = [...parameterShapes(config).keys()].filter((name) =>
    name.endsWith("project_k.weight"),
  ).length;
  const cacheShape = [at.rows, config.num_heads, at.length, config.dim_head];
  const ints = [at.rows, at.rows, at.rows, 1, at.length];
  return {
    fn: (...args) => {
      const given = args.slice(shapes.length);
      const caches: Cache[] = Array.from({ length: blocks }, (_, i) => ({
        k_BHNK: given[2 * i] as np.Array,
        v_BHNK: given[2 * i + 1] as np.Array,
      }));
      const [token_B, segment_B, from_B, position, biasRow_N] = given.slice(2 * blocks) as [
        np.Array,
        np.Array,
        np.Array,
        np.Array,
        np.Array,
      ];
      const result = cachedStep(parameterTree(config, args.slice(0, shapes.length)), {
        config,
        caches,
        input: { token_B, segment_B, from_B, position, biasRow_N },
      });
      return [result.logits_BV, ...result.caches.flatMap(({ k_BHNK, v_BHNK }) => [k_BHNK, v_BHNK])];
    },
    inputs: [
      ...floats(shapes),
      ...floats(Array.from({ length: 2 * blocks }, () => cacheShape)),
      ...ints.map((size) => ({ shape: [size], type: "int32" as const })),
    ],
  };
}

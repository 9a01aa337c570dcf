import type { IncomingMessage, ServerResponse } from "node:http";
import type { z } from "zod";
import type { LimitedAction } from "../auth/limits.ts";
import type { Principal } from "../auth/principal.ts";
import type { CheckpointGate } from "../models/checkpoint-gate.ts";
import type { createDownloadCounter } from "../models/count-downloads.ts";
import type { Blobs } from "../platform/blobs.ts";
import type { Clock } from "../platform/clock.ts";
import type { Pool } from "../platform/pool.ts";
import type { PrismaClient } from "../platform/prisma-client/client.ts";

/** Who may call: anyone, or the holder of a token of that scope. Every route declares it. */
export type Access = "public" | "ingest" | "control" | "read" | "download";
export type Method = "GET" | "POST" | "PATCH";

/** What the verbs behind the routes work with. */
export type Services = {
  pool: Pool;
  db: PrismaClient;
  blobs: Blobs;
  clock: Clock;
  checkpointGate: CheckpointGate;
  downloads: ReturnType<typeof createDownloadCounter>;
};

type ParamsOf<Path extends string> = Path extends `${string}{${infer Name}}${infer Rest}`
  ? { [K in Name]: string } & ParamsOf<Rest>
  : unknown;

/** One request that has passed every check of its route. */
export type Call<Params, Query, Body> = Services & {
  req: IncomingMessage;
  res: ServerResponse;
  /** Null on public routes. */
  principal: Principal | null;
  params: Params;
  query: Query;
  body: Body;
  /** Scheme and host under which visitors reach the portal. */
  origin: string;
};

type Described = {
  method: Method;
  /** The operation's name in the OpenAPI document. */
  id: string;
  access: Access;
  /** What a bound token is compared with: the run that {id} names, or the run of the checkpoint {id}. */
  owner?: "run" | "checkpoint";
  summary: string;
  description?: string;
  /** A public route that costs more than a reading does: how often one address may call it. */
  limit?: LimitedAction;
  /** What a 409 means here, when there can be one. */
  conflict?: string;
  /** Says how things stand at this moment: nobody may keep the answer, not even to ask whether it still holds. */
  momentary?: true;
};

/** A JSON answer with another status than the route's usual one. */
export class Replied<T> {
  readonly status: number;
  readonly value: T;

  constructor(status: number, value: T) {
    this.status = status;
    this.value = value;
  }
}

type JsonSpec<
  P extends string,
  Q extends z.ZodType,
  B extends z.ZodType,
  R,
  A extends z.ZodType,
> = Described & {
  path: P;
  query?: Q;
  body?: B;
  /** Replaces the schema where its cost per number is too high; must mean the same. */
  readBody?: (json: unknown) => R;
  answer: A;
  /** 200 where left out. */
  status?: number;
  /** Too large to be checked on its way out; tests check it. */
  bulky?: true;
  handle(call: Call<ParamsOf<P>, z.output<Q>, R>): Promise<z.input<A> | Replied<z.input<A>>>;
};

type BytesSpec<P extends string, Q extends z.ZodType, A extends z.ZodType> = Described & {
  path: P;
  query?: Q;
  /** `in`: the body is a file's bytes and the answer JSON. `out`: the handler itself sends a file. */
  bytes: "in" | "out";
  /** The kinds of what is sent, where it is made for the answer; absent: a stored file, sent in ranges too. */
  media?: readonly string[];
  answer: A;
  handle(call: Call<ParamsOf<P>, z.output<Q>, undefined>): Promise<z.input<A> | undefined>;
};

// biome-ignore lint/suspicious/noExplicitAny: a table holds handlers of every parameter type; each is checked where it is defined.
type AnyCall = Call<any, any, any>;

/** A row of the table, as the gateway sees it. */
export type Route = Described & {
  path: string;
  query?: z.ZodType;
  body?: z.ZodType;
  readBody?: (json: unknown) => unknown;
  bytes?: "in" | "out";
  media?: readonly string[];
  answer: z.ZodType;
  status?: number;
  bulky?: true;
  handle(call: AnyCall): Promise<unknown>;
};

/** A route that takes and gives JSON. */
export function jsonRoute<
  const P extends string,
  Q extends z.ZodType,
  B extends z.ZodType,
  A extends z.ZodType,
  R = z.output<B>,
>(spec: JsonSpec<P, Q, B, R, A>): Route {
  return spec;
}

/** A route that takes or gives a file's bytes. */
export function bytesRoute<const P extends string, Q extends z.ZodType, A extends z.ZodType>(
  spec: BytesSpec<P, Q, A>,
): Route {
  return spec;
}

import { createHash } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { RunCommand } from "#server/run-log/contract.ts";
import {
  Heartbeat,
  LogBatch,
  OpenAttempt,
  RecordEvaluation,
  RecordSamples,
  RegisterCheckpoint,
  StartRun,
} from "#server/runs/contract.ts";

/** How a request goes wrong. `lost` is carried out, but the answer never arrives. */
export type Trouble = "none" | "error" | "drop" | "lost" | "busy" | "slow";

type Batch = { hash: string; body: LogBatch };
type Attempt = { fromStep: number; reason: string; batches: Batch[] };
type File = { name: string; size: number; sha256: string; bytes: Buffer; complete: boolean };
type StoredCheckpoint = { id: string; attempt: number; step: number; files: File[] };
type Reply = { status: number; body: unknown; headers?: Record<string, string> };

/**
 * A portal for the trainer's tests, over real HTTP: it keeps to the wire contract strictly (attempts, numbered batches
 * without holes, resumable uploads) and has the bad days that it is told to have.
 */
export class ContractPortal {
  readonly attempts: Attempt[] = [];
  readonly samples: RecordSamples[] = [];
  readonly evaluations: RecordEvaluation[] = [];
  readonly heartbeats: Heartbeat[] = [];
  readonly checkpoints: StoredCheckpoint[] = [];
  readonly refusals: string[] = [];
  commands: RunCommand[] = [];
  finished: string | null = null;
  trouble: (path: string) => Trouble = () => "none";
  private key: string | null = null;
  private server: Server | null = null;

  async start(port = 0): Promise<string> {
    const server = createServer((request, response) => {
      this.serve(request, response).catch((error: unknown) =>
        response.writeHead(500).end(String(error)),
      );
    });
    this.server = server;
    await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
    const address = server.address();
    return `http://127.0.0.1:${typeof address === "object" && address !== null ? address.port : 0}`;
  }

  async stop(): Promise<void> {
    this.server?.closeAllConnections();
    await new Promise((resolve) =>
      this.server === null ? resolve(null) : this.server.close(resolve),
    );
  }

  /** Every value of a key that was taken, by step, per attempt; a step taken twice shows as two entries. */
  points(attempt: number, key: string): [step: number, value: unknown][] {
    const batches = this.attempts[attempt - 1]?.batches ?? [];
    return batches
      .flatMap(({ body }) =>
        body.steps.map((step, i): [number, unknown] => [step, body.series[key]?.[i] ?? null]),
      )
      .filter(([, value]) => value !== null);
  }

  events(): LogBatch["events"] {
    return this.attempts.flatMap(({ batches }) => batches.flatMap(({ body }) => body.events));
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) {
      chunks.push(chunk as Buffer);
    }
    const path = new URL(request.url ?? "/", "http://portal").pathname;
    const trouble = this.trouble(path);
    if (trouble === "drop") {
      request.socket.destroy();
      return;
    }
    const reply =
      early(trouble) ?? this.answer(`${request.method} ${path}`, Buffer.concat(chunks), request);
    if (reply.status >= 400 && reply.status < 500 && reply.status !== 429) {
      this.refusals.push(`${path} ${JSON.stringify(reply.body)}`);
    }
    if (trouble === "lost") {
      request.socket.destroy();
      return;
    }
    if (trouble === "slow") {
      await new Promise((resolve) => setTimeout(resolve, 60));
    }
    response
      .writeHead(reply.status, { "content-type": "application/json", ...reply.headers })
      .end(JSON.stringify(reply.body));
  }

  private answer(what: string, body: Buffer, request: IncomingMessage): Reply {
    if (request.headers.authorization !== "Bearer secret") {
      return refuse(401, "unauthorized");
    }
    if (what.startsWith("PATCH ")) {
      return this.patch(what, body, Number(request.headers["upload-offset"]));
    }
    const json: unknown = JSON.parse(body.toString("utf8"));
    switch (what.replace("/api/v1/runs", "")) {
      case "POST ":
        return this.startRun(StartRun.parse(json));
      case "POST /run-1/attempts": {
        const { fromStep, reason } = OpenAttempt.parse(json);
        this.attempts.push({ fromStep, reason, batches: [] });
        return { status: 201, body: { attempt: this.attempts.length } };
      }
      case "POST /run-1/log":
        return this.log(LogBatch.parse(json));
      case "POST /run-1/heartbeat":
        this.heartbeats.push(Heartbeat.parse(json));
        return { status: 200, body: { lastBatch: 0, commands: this.commands } };
      case "POST /run-1/samples":
        this.samples.push(RecordSamples.parse(json));
        return { status: 200, body: {} };
      case "POST /run-1/evaluations":
        this.evaluations.push(RecordEvaluation.parse(json));
        return { status: 200, body: {} };
      case "POST /run-1/finish":
        this.finished = String((json as { status: unknown }).status);
        return { status: 200, body: {} };
      case "POST /run-1/checkpoints":
        return this.register(RegisterCheckpoint.parse(json));
      default:
        return refuse(404, "not_found");
    }
  }

  private startRun({ key }: StartRun): Reply {
    if (this.key !== null && this.key !== key) {
      return refuse(409, "another_run");
    }
    const resumed = this.key !== null;
    this.key = key ?? "";
    const attempt = this.attempts.length;
    return {
      status: 201,
      body: {
        id: "run-1",
        resumed,
        attempt,
        lastBatch: this.attempts.at(-1)?.batches.length ?? 0,
        url: "/runs/run-1",
      },
    };
  }

  private log(body: LogBatch): Reply {
    const attempt = this.attempts[body.attempt - 1];
    if (attempt === undefined || body.attempt !== this.attempts.length) {
      return refuse(409, "wrong_attempt");
    }
    const hash = createHash("sha256").update(JSON.stringify(body)).digest("hex");
    const before = attempt.batches[body.batch - 1];
    if ((before !== undefined && before.hash !== hash) || body.batch > attempt.batches.length + 1) {
      return refuse(409, "batch_conflict");
    }
    if (before === undefined) {
      attempt.batches.push({ hash, body });
    }
    const acknowledged = new Set(body.events.map(({ commandId }) => commandId));
    this.commands = this.commands.filter(({ id }) => !acknowledged.has(id));
    return {
      status: 200,
      body: {
        accepted: body.steps.length,
        lastBatch: attempt.batches.length,
        seq: 1,
        commands: this.commands,
      },
    };
  }

  private register({ attempt, step, files }: RegisterCheckpoint): Reply {
    let found = this.checkpoints.find(
      (checkpoint) => checkpoint.attempt === attempt && checkpoint.step === step,
    );
    if (found === undefined) {
      found = {
        id: `c${this.checkpoints.length}`,
        attempt,
        step,
        files: files.map((file) => ({ ...file, bytes: Buffer.alloc(0), complete: false })),
      };
      this.checkpoints.push(found);
    }
    const state = found.files.map(({ name, size, sha256, bytes, complete }) => ({
      name,
      size,
      sha256,
      offset: bytes.length,
      complete,
    }));
    return {
      status: 201,
      body: { id: found.id, complete: state.every(({ complete }) => complete), files: state },
    };
  }

  private patch(what: string, body: Buffer, offset: number): Reply {
    const [, id, name] = /checkpoints\/([^/]+)\/files\/([^/]+)$/.exec(what) ?? [];
    const file = this.checkpoints
      .find((checkpoint) => checkpoint.id === id)
      ?.files.find((candidate) => candidate.name === name);
    if (file === undefined) {
      return refuse(404, "not_found");
    }
    if (offset !== file.bytes.length) {
      return refuse(409, "wrong_offset");
    }
    file.bytes = Buffer.concat([file.bytes, body]);
    if (file.bytes.length === file.size) {
      file.complete = createHash("sha256").update(file.bytes).digest("hex") === file.sha256;
      if (!file.complete) {
        file.bytes = Buffer.alloc(0);
        return refuse(400, "sha256_mismatch");
      }
    }
    return { status: 200, body: { offset: file.bytes.length, complete: file.complete } };
  }
}

function early(trouble: Trouble): Reply | null {
  if (trouble === "error") {
    return { status: 503, body: { error: { code: "unavailable", message: "Try again." } } };
  }
  return trouble === "busy"
    ? {
        status: 429,
        body: { error: { code: "too_many", message: "Slow down." } },
        headers: { "retry-after": "0" },
      }
    : null;
}

function refuse(status: number, code: string): Reply {
  return { status, body: { error: { code, message: code } } };
}

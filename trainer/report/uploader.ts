import { createHash } from "node:crypto";
import { closeSync, openSync, readFileSync, readSync, renameSync, writeFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { RegisteredCheckpoint } from "#server/runs/contract.ts";
import { backOffMs, Nap } from "./back-off.ts";
import type { Answer, PortalClient } from "./portal-client.ts";

const CHUNK_BYTES = 4 * 1024 * 1024;
const MOST_DAMAGED_TRIES = 3;

const Upload = z.object({
  runId: z.string(),
  attempt: z.int(),
  step: z.int(),
  tokens: z.int(),
  metrics: z.record(z.string(), z.union([z.number(), z.string()])),
  directory: z.string(),
  files: z.array(z.string()),
});
export type Upload = z.infer<typeof Upload>;

const Progress = z.object({ offset: z.number(), complete: z.boolean() });

export type UploaderOptions = {
  client: PortalClient;
  listPath: string;
  signal: AbortSignal;
  notify: (text: string) => void;
};

type Outcome = "done" | "failed" | "damaged" | { waitMs: number | null };

/**
 * Brings checkpoints to the portal one after another, beside the training. What is still to do stands in a file, so a
 * restarted trainer goes on, and each file goes on at the byte where the portal says that it stopped.
 */
export class Uploader {
  private readonly o: UploaderOptions;
  private readonly nap = new Nap();
  private pending: Upload[];

  constructor(options: UploaderOptions) {
    this.o = options;
    this.pending = readList(options.listPath);
  }

  add(upload: Upload): void {
    const other = this.pending.filter(
      ({ runId, attempt, step }) =>
        runId !== upload.runId || attempt !== upload.attempt || step !== upload.step,
    );
    this.store([...other, upload]);
    this.nap.wake();
  }

  idle(): boolean {
    return this.pending.length === 0;
  }

  async run(): Promise<void> {
    let failures = 0;
    let damaged = 0;
    while (!this.o.signal.aborted) {
      const [upload] = this.pending;
      if (upload === undefined) {
        await this.nap.sleep(60_000, this.o.signal);
        continue;
      }
      const outcome = await this.attempt(upload);
      damaged = outcome === "damaged" ? damaged + 1 : 0;
      if (outcome === "done" || outcome === "failed" || damaged >= MOST_DAMAGED_TRIES) {
        failures = 0;
        this.store(this.pending.filter((other) => other !== upload));
      } else {
        failures += 1;
        const wait = typeof outcome === "object" ? outcome.waitMs : null;
        await this.nap.sleep(wait ?? backOffMs(failures), this.o.signal);
      }
    }
  }

  private async attempt(upload: Upload): Promise<Outcome> {
    const declared = await declare(upload).catch(() => null);
    if (declared === null) {
      this.o.notify(
        `The checkpoint of step ${upload.step} was removed before it reached the portal.`,
      );
      return "failed";
    }
    const { runId, attempt, step, tokens, metrics } = upload;
    const path = `/api/v1/runs/${encodeURIComponent(runId)}/checkpoints`;
    const json = { attempt, step, tokens, metrics, files: declared };
    const answer = await this.o.client.ask({
      method: "POST",
      path,
      json,
      answer: RegisteredCheckpoint,
    });
    if (answer.kind !== "ok") {
      return this.unwelcome(upload, answer);
    }
    for (const file of answer.value.files) {
      if (!file.complete) {
        const outcome = await this.send(
          { upload, id: answer.value.id, name: file.name, size: file.size },
          file.offset,
        );
        if (outcome !== "done") {
          return outcome;
        }
      }
    }
    return "done";
  }

  private async send(
    to: { upload: Upload; id: string; name: string; size: number },
    from: number,
  ): Promise<Outcome> {
    const path = `/api/v1/checkpoints/${encodeURIComponent(to.id)}/files/${encodeURIComponent(to.name)}`;
    let offset = from;
    for (;;) {
      const bytes = readPart(join(to.upload.directory, to.name), offset);
      if (bytes === null) {
        return { waitMs: null };
      }
      const headers = { "upload-offset": String(offset) };
      const answer = await this.o.client.ask({
        method: "PATCH",
        path,
        bytes,
        headers,
        answer: Progress,
      });
      if (answer.kind === "refused" && answer.code === "sha256_mismatch") {
        return "damaged";
      }
      if (answer.kind === "refused" && answer.status === 409) {
        return { waitMs: null };
      }
      if (answer.kind !== "ok") {
        return this.unwelcome(to.upload, answer);
      }
      offset = answer.value.offset;
      if (answer.value.complete || offset >= to.size) {
        return "done";
      }
    }
  }

  private unwelcome(upload: Upload, answer: Exclude<Answer<unknown>, { kind: "ok" }>): Outcome {
    if (answer.kind === "later" || [401, 403].includes(answer.status)) {
      return { waitMs: answer.kind === "later" ? answer.waitMs : 30_000 };
    }
    this.o.notify(`The portal refused the checkpoint of step ${upload.step}: ${answer.reason}`);
    return "failed";
  }

  private store(pending: Upload[]): void {
    this.pending = pending;
    writeFileSync(`${this.o.listPath}.new`, JSON.stringify(pending));
    renameSync(`${this.o.listPath}.new`, this.o.listPath);
  }
}

function readList(path: string): Upload[] {
  try {
    return z.array(Upload).parse(JSON.parse(readFileSync(path, "utf8")));
  } catch {
    return [];
  }
}

/** Sizes and hashes are of the files as they are now, so a damaged disk shows at the portal, not at a reader. */
async function declare({
  directory,
  files,
}: Upload): Promise<{ name: string; size: number; sha256: string }[]> {
  return Promise.all(
    files.map(async (name) => {
      const bytes = await readFile(join(directory, name));
      return { name, size: bytes.length, sha256: createHash("sha256").update(bytes).digest("hex") };
    }),
  );
}

/** The next chunk from an offset; null when the file is gone. An empty file gives one empty chunk. */
function readPart(path: string, offset: number): Uint8Array | null {
  try {
    const file = openSync(path, "r");
    try {
      const chunk = Buffer.alloc(CHUNK_BYTES);
      return chunk.subarray(0, readSync(file, chunk, 0, CHUNK_BYTES, offset));
    } finally {
      closeSync(file);
    }
  } catch {
    return null;
  }
}

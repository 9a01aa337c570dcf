import type { z } from "zod";

/**
 * What became of a request. `later`: worth trying again, not before `waitMs` if that is given. `refused`: the portal
 * understood and said no, so the same request will not do better.
 */
export type Answer<T> =
  | { kind: "ok"; value: T }
  | { kind: "later"; reason: string; waitMs: number | null }
  | { kind: "refused"; status: number; code: string; reason: string };

export type Ask<T> = {
  method: "POST" | "PATCH" | "GET";
  path: string;
  answer: z.ZodType<T>;
  json?: unknown;
  bytes?: Uint8Array;
  headers?: Record<string, string>;
};

export type PortalClient = { ask<T>(ask: Ask<T>): Promise<Answer<T>> };

const TIMEOUT_MS = 30_000;
/** A piece of a file may crawl over a thin line. */
const BYTES_TIMEOUT_MS = 180_000;

/** Speaks the public reporting API; `signal` ends requests in flight when the trainer stops. */
export function createPortalClient(url: string, token: string, signal: AbortSignal): PortalClient {
  return {
    async ask({ method, path, answer, json, bytes, headers }) {
      const body = bytes ?? (json === undefined ? undefined : JSON.stringify(json));
      const type = bytes === undefined ? "application/json" : "application/octet-stream";
      const limit = limitTime(signal, bytes === undefined ? TIMEOUT_MS : BYTES_TIMEOUT_MS);
      try {
        const response = await fetch(new URL(path, url), {
          method,
          headers: {
            authorization: `Bearer ${token}`,
            ...(body === undefined ? {} : { "content-type": type }),
            ...headers,
          },
          signal: limit.signal,
          ...(body === undefined ? {} : { body: body as BodyInit }),
        });
        return await understand(response, answer);
      } catch (error) {
        return { kind: "later", reason: describe(error), waitMs: null };
      } finally {
        limit.end();
      }
    },
  };
}

/** A signal for one request. Not AbortSignal.any: the trainer's own signal would remember every request of a long run. */
function limitTime(whole: AbortSignal, ms: number): { signal: AbortSignal; end: () => void } {
  const one = new AbortController();
  const stop = (): void => one.abort(new Error("the trainer stops"));
  const timer = setTimeout(() => one.abort(new Error(`no answer within ${ms / 1000} s`)), ms);
  whole.addEventListener("abort", stop);
  if (whole.aborted) {
    stop();
  }
  return {
    signal: one.signal,
    end: () => {
      clearTimeout(timer);
      whole.removeEventListener("abort", stop);
    },
  };
}

async function understand<T>(response: Response, schema: z.ZodType<T>): Promise<Answer<T>> {
  const text = await response.text();
  if (response.ok) {
    const parsed = schema.safeParse(readJson(text));
    return parsed.success
      ? { kind: "ok", value: parsed.data }
      : {
          kind: "later",
          reason: `the portal's answer to ${new URL(response.url).pathname} was not understood`,
          waitMs: null,
        };
  }
  const { code, message } = complaint(readJson(text));
  const reason = `${response.status} ${message}`.trim();
  if (response.status === 429 || response.status === 408 || response.status >= 500) {
    return { kind: "later", reason, waitMs: retryAfter(response.headers.get("retry-after")) };
  }
  return { kind: "refused", status: response.status, code, reason };
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text === "" ? "{}" : text);
  } catch {
    return null;
  }
}

/** Error bodies are `{code, message}` or `{error: {code, message}}`. */
function complaint(body: unknown): { code: string; message: string } {
  const outer = isRecord(body) ? body : {};
  const inner = isRecord(outer["error"]) ? outer["error"] : outer;
  return {
    code: String(inner["code"] ?? ""),
    message: String(inner["message"] ?? "").slice(0, 300),
  };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

/** `Retry-After` is seconds or a date. */
export function retryAfter(header: string | null): number | null {
  if (header === null) {
    return null;
  }
  const seconds = Number(header);
  const wait = Number.isFinite(seconds) ? seconds * 1000 : Date.parse(header) - Date.now();
  return Number.isFinite(wait) ? Math.max(0, wait) : null;
}

function describe(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  return cause instanceof Error ? cause.message : String(cause);
}

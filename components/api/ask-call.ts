export type Answered = {
  status: number;
  ms: number;
  /** The media type. */
  kind: string;
  /** Bytes. */
  size: number;
  /** The beginning of the answer; JSON is set out over lines. */
  text: string;
  /** Of the whole, in characters. */
  length: number;
  /** The status of the same question with the ETag; null where the answer has none. */
  repeated: number | null;
};

const SHOWN = 4_000;

/** Makes a call, and once more with the ETag that came. */
export async function askCall(path: string): Promise<Answered> {
  const started = performance.now();
  const answer = await fetch(path, { cache: "no-store" });
  const body = await answer.text();
  const ms = Math.round(performance.now() - started);
  const kind = answer.headers.get("content-type")?.split(";")[0] ?? "";
  const whole = kind.endsWith("json") ? setOut(body) : body;
  const etag = answer.headers.get("etag");
  const again =
    etag === null
      ? null
      : await fetch(path, { cache: "no-store", headers: { "if-none-match": etag } });
  return {
    status: answer.status,
    ms,
    kind,
    size: new TextEncoder().encode(body).length,
    text: whole.slice(0, SHOWN),
    length: whole.length,
    repeated: again?.status ?? null,
  };
}

function setOut(body: string): string {
  try {
    return JSON.stringify(JSON.parse(body), null, 2);
  } catch {
    return body;
  }
}

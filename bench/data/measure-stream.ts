import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { BenchReport } from "../main.ts";
import { inPass, realText } from "./real-text.ts";

const MAIN = join(import.meta.dirname, "..", "..", "trainer", "main.ts");
const TELL_PEAK =
  "data:text/javascript,process.on('exit',()=>process.stderr.write('peak '+process.resourceUsage().maxRSS))";
const BYTES_A_HASH = 12;
const CHUNK = 1 << 20;

/** Chinese documents as JSON lines, in pieces of a megabyte, until their texts have so many bytes. */
async function* lines(directory: string, bytes: number): AsyncGenerator<string> {
  let piece = "";
  let done = 0;
  for (let pass = 0; done < bytes; pass += 1) {
    for await (const document of realText("zh", directory)) {
      const marked = inPass(document, pass);
      done += Buffer.byteLength(marked.text);
      piece += `${JSON.stringify({ ...marked, id: `${pass}-${marked.id}` })}\n`;
      if (piece.length > CHUNK || done >= bytes) {
        yield piece;
        piece = "";
      }
      if (done >= bytes) {
        return;
      }
    }
  }
}

type Measured = { peak: number; documents: number; kept: number };

/** The real program with one stream on its stdin; what it writes is thrown away. */
async function runStep(args: string[], directory: string, bytes: number): Promise<Measured> {
  const child = spawn(process.execPath, ["--import", TELL_PEAK, MAIN, "data", ...args], {
    stdio: ["pipe", "ignore", "pipe"],
  });
  let said = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    said = (said + text).slice(-10_000);
  });
  const closed = once(child, "close");
  for await (const piece of lines(directory, bytes)) {
    if (!child.stdin.write(piece)) {
      await once(child.stdin, "drain");
    }
  }
  child.stdin.end();
  await closed;
  const counts = /"documents":(\d+),"kept":(\d+)/.exec(said);
  const peak = /peak (\d+)/.exec(said);
  if (counts === null || peak === null) {
    throw new Error(`data ${args.join(" ")} did not end well: ${said.slice(-1_000)}`);
  }
  return {
    peak: Number(peak[1]) * 1024,
    documents: Number(counts[1]),
    kept: Number(counts[2]),
  };
}

/** Memory of `data filter` and `data dedup` on one stream of a tenth of the bytes, and of all of them. */
export async function measureStream(
  report: BenchReport,
  directory: string,
  bytes: number,
): Promise<void> {
  for (const step of ["filter", "dedup"]) {
    const peaks: number[] = [];
    for (const size of [bytes / 10, bytes]) {
      const folder = mkdtempSync(join(tmpdir(), "cpm-live-stream-"));
      const store = join(folder, "store");
      const options = step === "dedup" ? ["--store", store] : [];
      const from = performance.now();
      const { peak, documents, kept } = await runStep([step, ...options], directory, size);
      const seconds = (performance.now() - from) / 1000;
      // A record of the log is 16 bytes and 8 for each hash; the store keeps an answer for each document, too.
      const log = step === "dedup" ? statSync(join(store, "hashes.log")).size : 0;
      const held = step === "dedup" ? BYTES_A_HASH * ((log - 16 * documents) / 8 + documents) : 0;
      rmSync(folder, { recursive: true });
      peaks.push(peak - held);
      const [first = peak] = peaks;
      report({
        case: `data ${step}, one stream of ${size / 1e6} MB, ${documents} documents, ${kept} kept, ${seconds.toFixed(0)} s, peak ${Math.round(peak / 1e6)} MB`,
        metric: `peak memory without the store's ${BYTES_A_HASH} bytes a hash and document`,
        value: (peak - held) / 1e6,
        unit: "MB",
        ...(peaks.length > 1 ? { bar: { atMost: (1.25 * first) / 1e6 } } : {}),
      });
    }
  }
}

/** A line longer than this is skipped, so that one broken file cannot fill the memory. */
const LONGEST_LINE = 64 * 1024 * 1024;

export type Line = { number: number; text: string } | { number: number; fault: string };

/** The lines of a byte stream, each with its number; what is not UTF-8 or too long is a fault instead of a text. */
export async function* readLines(
  input: AsyncIterable<Uint8Array>,
  longest = LONGEST_LINE,
): AsyncGenerator<Line> {
  const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: false });
  let parts: Uint8Array[] = [];
  let size = 0;
  let number = 0;
  const finish = (): Line => {
    number += 1;
    const bytes = Buffer.concat(parts);
    const long = size > longest;
    parts = [];
    size = 0;
    if (long) {
      return { number, fault: `longer than ${longest} bytes` };
    }
    try {
      return { number, text: decoder.decode(bytes) };
    } catch {
      return { number, fault: "not valid UTF-8" };
    }
  };
  const keep = (bytes: Uint8Array): void => {
    size += bytes.length;
    if (size > longest) {
      parts = [];
    } else {
      parts.push(bytes);
    }
  };
  for await (const chunk of input) {
    let from = 0;
    for (let end = chunk.indexOf(10); end !== -1; end = chunk.indexOf(10, from)) {
      keep(chunk.subarray(from, end));
      yield finish();
      from = end + 1;
    }
    keep(chunk.subarray(from));
  }
  if (size > 0) {
    yield finish();
  }
}

import { expect, test } from "vitest";
import { readLines } from "./read-lines.ts";

test("lines are told as they come, however the bytes are cut", async () => {
  const lines = [{ waiting: 2 }, { text: "春风" }, { done: true, whole: "春风吹" }];
  const bytes = new TextEncoder().encode(
    `${lines.map((line) => JSON.stringify(line)).join("\n")}\nnot ours\n`,
  );
  for (const size of [1, 2, 7, bytes.length]) {
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        for (let at = 0; at < bytes.length; at += size) {
          controller.enqueue(bytes.slice(at, at + size));
        }
        controller.close();
      },
    });
    const seen = [];
    for await (const line of readLines(body)) {
      seen.push(line);
    }
    expect(seen).toEqual(lines);
  }
});

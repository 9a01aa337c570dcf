import { PromptLine } from "#server/prompts/contract.ts";

/** The lines of an answer as they come. What is no line of ours is passed over. */
export async function* readLines(body: ReadableStream<Uint8Array>): AsyncGenerator<PromptLine> {
  let rest = "";
  const reader = body.pipeThrough(new TextDecoderStream() as never).getReader();
  for (;;) {
    const { done, value } = (await reader.read()) as { done: boolean; value?: string };
    const lines = (rest + (value ?? "")).split("\n");
    rest = done ? "" : (lines.pop() ?? "");
    for (const line of lines) {
      const parsed = parseLine(line);
      if (parsed !== null) {
        yield parsed;
      }
    }
    if (done) {
      return;
    }
  }
}

function parseLine(line: string): PromptLine | null {
  try {
    return PromptLine.parse(JSON.parse(line));
  } catch {
    return null;
  }
}

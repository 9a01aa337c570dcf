import { TextDocument } from "./document.ts";
import { readLines } from "./read-lines.ts";

/**
 * Documents of a JSONL stream. A line that is none is told to `onFault` and passed over: one poisoned line must not
 * cost a night's run.
 */
export async function* readDocuments(
  input: AsyncIterable<Uint8Array>,
  onFault: (line: number, fault: string) => void,
): AsyncGenerator<TextDocument> {
  for await (const line of readLines(input)) {
    if ("fault" in line) {
      onFault(line.number, line.fault);
    } else if (line.text.trim() !== "") {
      const parsed = parse(line.text);
      if (typeof parsed === "string") {
        onFault(line.number, parsed);
      } else {
        yield parsed;
      }
    }
  }
}

function parse(text: string): TextDocument | string {
  try {
    const parsed = TextDocument.safeParse(JSON.parse(text));
    const [issue] = parsed.error?.issues ?? [];
    return parsed.data ?? `${issue?.path.join(".") ?? ""}: ${issue?.message ?? "not a document"}`;
  } catch {
    return "not JSON";
  }
}

import { z } from "zod";
import type { PackageText } from "./package-source.ts";

const Lines = z.array(z.string()).min(1);
const Work = z.looseObject({
  title: z.string().nullish(),
  rhythmic: z.string().nullish(),
  chapter: z.string().nullish(),
  author: z.string().nullish(),
});

/** The lines of a work stand under one of these names, as do the works of a collection. */
const CONTENTS = ["paragraphs", "para", "content"] as const;

/**
 * The works in a JSON text, however deep they lie: each object with a list of lines, as its heading, its author and the
 * lines. Notes, biographies and forewords are left out: editors of our time wrote them.
 */
export function collectWorks(content: string): PackageText[] {
  return worksIn(JSON.parse(content));
}

function worksIn(value: unknown): PackageText[] {
  if (Array.isArray(value)) {
    return value.flatMap(worksIn);
  }
  const work = Work.safeParse(value);
  return work.success ? readWork(work.data) : [];
}

function readWork(work: z.infer<typeof Work>): PackageText[] {
  for (const name of CONTENTS) {
    const inside = work[name];
    const lines = typeof inside === "string" ? [inside] : Lines.safeParse(inside).data;
    if (lines !== undefined) {
      const heading = work.title ?? work.rhythmic ?? work.chapter ?? "";
      const text = [heading, work.author ?? "", ...lines].filter((line) => line.trim() !== "");
      return [{ text: text.join("\n") }];
    }
    if (Array.isArray(inside)) {
      return worksIn(inside);
    }
  }
  return [];
}

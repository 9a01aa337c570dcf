import type { z } from "zod";
import { AppError } from "../platform/errors.ts";

const SHOWN_ISSUES = 10;
const SHOWN_PATH = 120;

/** Checks what came in. Throws `bad_request`, or `too_large` for a list that is too long, naming each wrong place. */
export function checkInput<S extends z.ZodType>(
  schema: S,
  value: unknown,
  where: string,
): z.output<S> {
  const parsed = schema.safeParse(value);
  if (parsed.success) {
    return parsed.data;
  }
  const issues = parsed.error.issues.slice(0, SHOWN_ISSUES).map((issue) => ({
    path: pathOf(where, issue.path),
    message: issue.message.slice(0, 300),
  }));
  const first = issues[0];
  const code = parsed.error.issues.some(isOverlong) ? "too_large" : "bad_request";
  throw new AppError(
    code,
    `${first?.path ?? where}: ${first?.message ?? "not understood"}. See /api/v1/openapi.json for what this call takes.`,
    { details: { issues } },
  );
}

function isOverlong(issue: z.core.$ZodIssue): boolean {
  return issue.code === "too_big" && issue.origin === "array";
}

function pathOf(where: string, path: PropertyKey[]): string {
  let text = where;
  for (const part of path) {
    text += typeof part === "number" ? `[${part}]` : `.${String(part)}`;
  }
  return text.length > SHOWN_PATH ? `${text.slice(0, SHOWN_PATH)}…` : text;
}

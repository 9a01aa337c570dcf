import { createHash } from "node:crypto";
import type { ReactElement } from "react";
import { MarkdownAsync } from "react-markdown";
import { highlightCode } from "./highlight-code.ts";
import { MARKDOWN_PARTS } from "./markdown-parts.tsx";
import { markdownSteps } from "./markdown-steps.ts";

type MarkdownProps = {
  text: string;
  /** Makes the ids of footnotes unique on the page: `p12-`. */
  prefix?: string;
  /** The portal's own host, so that a link to it is not marked as foreign. */
  host?: string;
};

/** Texts drawn last, so that a busy page costs its text once. Elements are plain values and can be shown again. */
const drawn = new Map<string, ReactElement>();
const MOST_KEPT = 2_000;

/** A member's text, drawn by the server. Browsers get elements only, never the means to make them. */
export async function Markdown({ text, prefix = "md-", host }: MarkdownProps) {
  const key = createHash("sha256")
    .update(`${prefix}\0${host ?? ""}\0${text}`)
    .digest("base64");
  const known = drawn.get(key);
  if (known !== undefined) {
    return known;
  }
  const steps = markdownSteps({ prefix, host });
  const content = await MarkdownAsync({
    ...steps,
    rehypePlugins: [...steps.rehypePlugins, highlightCode],
    components: MARKDOWN_PARTS,
    children: text,
  });
  const element = <div className="prose">{content}</div>;
  drawn.set(key, element);
  if (drawn.size > MOST_KEPT) {
    drawn.delete(drawn.keys().next().value ?? key);
  }
  return element;
}

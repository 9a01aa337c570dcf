"use client";
import Markdown from "react-markdown";
import { MARKDOWN_PARTS } from "./markdown-parts.tsx";
import { markdownSteps } from "./markdown-steps.ts";

/**
 * The same text drawn in the browser, without colours of code: for previews, and for what arrives after the page. Load
 * it lazily; parser and formulas are heavy.
 */
export function LiveMarkdown({ text, prefix = "live-" }: { text: string; prefix?: string }) {
  const host = typeof window === "undefined" ? undefined : window.location.host;
  return (
    <div className="prose">
      <Markdown {...markdownSteps({ prefix, host })} components={MARKDOWN_PARTS}>
        {text}
      </Markdown>
    </div>
  );
}

"use client";
import ReactMarkdown from "react-markdown";
import { MARKDOWN_PARTS } from "./markdown-parts.tsx";
import { markdownSteps } from "./markdown-steps.ts";

/** A text as it will be shown, drawn by the browser while it is written. Heavy: load it when it is asked for. */
export function LiveMarkdown({ text }: { text: string }) {
  const steps = markdownSteps({ prefix: "preview-", host: window.location.host });
  return (
    <div className="prose">
      <ReactMarkdown {...steps} components={MARKDOWN_PARTS}>
        {text}
      </ReactMarkdown>
    </div>
  );
}

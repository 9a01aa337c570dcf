"use client";
import { useTranslations } from "next-intl";
import { useRef } from "react";
import { markLines, putBlock, type TextEdit, wrap } from "./edit-text.ts";

const EDITS = {
  bold: (text: TextEdit) => wrap(text, "**"),
  italic: (text: TextEdit) => wrap(text, "*"),
  code: (text: TextEdit) =>
    text.text.slice(text.from, text.to).includes("\n")
      ? putBlock(text, "```", "```")
      : wrap(text, "`"),
  quoteMark: (text: TextEdit) => markLines(text, "> "),
  list: (text: TextEdit) => markLines(text, "- "),
  link: (text: TextEdit) => wrap(text, "[", "](https://)"),
  formula: (text: TextEdit) => wrap(text, "$"),
  table: (text: TextEdit) => putBlock(text, "| A | B |\n| --- | --- |", ""),
  span: (text: TextEdit) => putBlock(text, "/runs/RUN?from=0&to=100", ""),
};
const NAMES = Object.keys(EDITS) as (keyof typeof EDITS)[];

type ComposerToolsProps = {
  apply: (edit: (text: TextEdit) => TextEdit) => void;
  onFile: (file: File) => void;
  busy: boolean;
  preview: boolean;
  onPreview: () => void;
};

/** The marks of Markdown as buttons, for who does not know them by heart. */
export function ComposerTools({ apply, onFile, busy, preview, onPreview }: ComposerToolsProps) {
  const words = useTranslations("forum");
  const file = useRef<HTMLInputElement>(null);
  return (
    <div className="composer-tools" role="toolbar" aria-label={words("tools.label")}>
      {NAMES.map((name) => (
        <button
          key={name}
          type="button"
          className="text-btn"
          disabled={preview}
          onClick={() => apply(EDITS[name])}
        >
          {words(`tools.${name}`)}
        </button>
      ))}
      <button
        type="button"
        className="text-btn"
        disabled={busy || preview}
        onClick={() => file.current?.click()}
      >
        {words(busy ? "tools.sending" : "tools.picture")}
      </button>
      <input
        ref={file}
        type="file"
        hidden
        accept="image/png,image/jpeg,image/webp,image/gif,image/avif"
        aria-label={words("tools.picture")}
        onChange={({ target }) => {
          const [chosen] = target.files ?? [];
          if (chosen !== undefined) {
            onFile(chosen);
          }
          target.value = "";
        }}
      />
      <button type="button" className="text-btn to-end" aria-pressed={preview} onClick={onPreview}>
        {words(preview ? "write" : "preview")}
      </button>
    </div>
  );
}

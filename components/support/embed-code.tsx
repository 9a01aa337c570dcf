"use client";
import { useTranslations } from "next-intl";
import { useId } from "react";
import { CopyButton } from "#components/ui/copy-button.tsx";

/** A line of HTML for one's own site. */
export function EmbedCode({ label, code }: { label: string; code: string }) {
  const words = useTranslations("support");
  const id = useId();
  return (
    <p className="embed-code">
      <label htmlFor={id}>{label}</label>
      <textarea id={id} readOnly rows={2} value={code} spellCheck={false} />
      <CopyButton text={code} label={words("copy")} doneLabel={words("copied")} />
    </p>
  );
}

"use client";
import { useTranslations } from "next-intl";
import { CopyButton } from "#components/ui/copy-button.tsx";

const SHOWN = 4;

/** A hash by its two ends, whole on the clipboard. */
export function FileHash({ sha256 }: { sha256: string }) {
  const words = useTranslations("checkpoint");
  return (
    <span className="hash">
      <code title={sha256}>
        {sha256.slice(0, SHOWN)}…{sha256.slice(-SHOWN)}
      </code>
      <CopyButton text={sha256} label={words("copyHash")} doneLabel={words("copied")} />
    </span>
  );
}

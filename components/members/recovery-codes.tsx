"use client";
import { useTranslations } from "next-intl";
import { CodeBlock } from "#components/ui/code-block.tsx";
import { CopyButton } from "#components/ui/copy-button.tsx";
import { Icon } from "#components/ui/icon.tsx";

/** Ten codes, shown this once. */
export function RecoveryCodes({ codes, onDone }: { codes: string[]; onDone: () => void }) {
  const words = useTranslations("account");
  return (
    <div className="mb-4">
      <p className="notice warn" role="status">
        <Icon name="s-warn" className="warn" />
        <span>{words("codesOnce")}</span>
      </p>
      <div className="cmd">
        <CodeBlock>{codes.join("\n")}</CodeBlock>
        <CopyButton
          text={codes.join("\n")}
          label={words("copyCodes")}
          doneLabel={words("copied")}
        />
      </div>
      <p className="actions">
        <button className="btn main" type="button" onClick={onDone}>
          {words("codesKept")}
        </button>
      </p>
    </div>
  );
}

"use client";
import { useTranslations } from "next-intl";
import {
  type ClipboardEvent,
  lazy,
  type RefObject,
  Suspense,
  useId,
  useRef,
  useState,
} from "react";
import { Refused } from "#components/members/refused.tsx";
import { MOST_CHARACTERS } from "#server/forum/contract.ts";
import { ComposerTools } from "./composer-tools.tsx";
import type { TextEdit } from "./edit-text.ts";
import { NameList } from "./name-list.tsx";
import { useNames } from "./use-names.ts";
import { useUpload } from "./use-upload.ts";

const LiveMarkdown = lazy(async () => ({
  default: (await import("#components/markdown/live-markdown.tsx")).LiveMarkdown,
}));

type ComposerProps = {
  label: string;
  value: string;
  onChange: (value: string) => void;
  threadId?: number;
  rows?: number;
  ref?: RefObject<HTMLTextAreaElement | null>;
};

/** Where Markdown is written: tools, names after an @, pictures by button, paste or drop, and a preview. */
export function Composer({ label, value, onChange, threadId, rows = 6, ref }: ComposerProps) {
  const words = useTranslations("forum");
  const id = useId();
  const own = useRef<HTMLTextAreaElement>(null);
  const area = ref ?? own;
  const [preview, setPreview] = useState(false);
  const apply = (edit: (text: TextEdit) => TextEdit) => applyEdit(area.current, edit, onChange);
  const upload = useUpload((markdown) =>
    apply(({ text, from, to }) => put(text, { from, to, words: markdown })),
  );
  const names = useNames({ area, threadId, apply });
  const onPaste = (event: ClipboardEvent<HTMLTextAreaElement>) => {
    const [file] = [...event.clipboardData.files].filter(({ type }) => type.startsWith("image/"));
    if (file !== undefined) {
      event.preventDefault();
      upload.send(file);
    }
  };
  return (
    <div className="composer">
      <label htmlFor={id}>
        <b>{label}</b>
      </label>
      <ComposerTools
        apply={apply}
        onFile={upload.send}
        busy={upload.busy}
        preview={preview}
        onPreview={() => setPreview(!preview)}
      />
      {preview && (
        <section className="preview" aria-label={words("preview")}>
          <Suspense fallback={<p className="quiet">{words("drawing")}</p>}>
            <LiveMarkdown text={value} />
          </Suspense>
        </section>
      )}
      <textarea
        id={id}
        ref={area}
        rows={rows}
        value={value}
        hidden={preview}
        maxLength={MOST_CHARACTERS}
        onChange={(event) => {
          onChange(event.target.value);
          names.look();
        }}
        onKeyDown={names.onKeyDown}
        onBlur={names.close}
        onPaste={onPaste}
        onDrop={(event) => {
          const [file] = event.dataTransfer.files;
          if (file !== undefined) {
            event.preventDefault();
            upload.send(file);
          }
        }}
        aria-autocomplete="list"
        aria-controls={`${id}-names`}
        {...(names.active === null
          ? {}
          : { "aria-activedescendant": `${id}-name-${names.active}` })}
      />
      <NameList id={id} names={names} />
      <Refused sentence={upload.error} />
    </div>
  );
}

function put(text: string, { from, to, words }: { from: number; to: number; words: string }) {
  const at = from + words.length;
  return { text: text.slice(0, from) + words + text.slice(to), from: at, to: at };
}

/** Changes the text around the selection, and puts the selection where the change wants it. */
function applyEdit(
  area: HTMLTextAreaElement | null,
  edit: (text: TextEdit) => TextEdit,
  onChange: (value: string) => void,
): void {
  if (area === null) {
    return;
  }
  const next = edit({ text: area.value, from: area.selectionStart, to: area.selectionEnd });
  onChange(next.text);
  requestAnimationFrame(() => {
    area.focus();
    area.setSelectionRange(next.from, next.to);
  });
}

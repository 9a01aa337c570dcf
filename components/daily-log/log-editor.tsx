"use client";
import { useMutation } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { type ReactNode, useId, useState, useTransition } from "react";
import { useRouter } from "#components/layout/navigation.ts";
import { readIssue } from "#components/members/read-issue.ts";
import { useMember } from "#components/members/use-member.ts";
import { useTRPC } from "#components/rpc/trpc.ts";
import { Icon } from "#components/ui/icon.tsx";
import type { DailyLog } from "#server/daily-log/contract.ts";

type LogEditorProps = {
  runId: string;
  day: string;
  comment: string;
  /** Number of the newest revision that the page shows. */
  revision: number;
  signed: boolean;
  /** Draws a text as the page will show it; the server does it, so that nothing for it is loaded here. */
  preview: (text: string) => Promise<ReactNode>;
};

const MOST_CHARACTERS = 20_000;

/** For engineers: writes the day's comment, shows it before it is kept, and signs what stands. */
export function LogEditor(props: LogEditorProps) {
  const { runId, day } = props;
  const words = useTranslations("dailyLog");
  const { can } = useMember();
  const router = useRouter();
  const { dailyLog } = useTRPC();
  const [text, setText] = useState<string | null>(null);
  const onSuccess = () => {
    setText(null);
    router.refresh();
  };
  const edit = useMutation(dailyLog.edit.mutationOptions({ onSuccess }));
  const sign = useMutation(dailyLog.sign.mutationOptions({ onSuccess }));
  const { comment, revision, signed } = newestOf(props, edit.data);
  if (!can("engineer")) {
    return null;
  }
  const issue = readIssue(edit.error ?? sign.error);
  return (
    <div className="log-editor">
      {text === null ? (
        <p className="actions">
          <button className="btn" type="button" onClick={() => setText(comment)}>
            {words(comment === "" ? "write" : "edit")}
          </button>
          {!signed && (
            <button
              className="btn main"
              type="button"
              disabled={sign.isPending}
              onClick={() => sign.mutate({ runId, day, revision })}
            >
              {words("sign")}
            </button>
          )}
        </p>
      ) : (
        <Draft
          text={text}
          signed={signed}
          busy={edit.isPending}
          preview={props.preview}
          onText={setText}
          onKeep={() => edit.mutate({ runId, day, comment: text, revision })}
          onLeave={() => setText(null)}
        />
      )}
      {issue !== undefined && (
        <p className="notice bad" role="alert">
          <Icon name="s-bad" className="bad" />
          <span>{issue}</span>
        </p>
      )}
    </div>
  );
}

/** What was just kept counts before the page that shows it has come. */
function newestOf(shown: LogEditorProps, kept: DailyLog | undefined) {
  const number = kept?.revisions.at(-1)?.number ?? 0;
  return kept !== undefined && number > shown.revision
    ? { comment: kept.comment, revision: number, signed: kept.signed }
    : shown;
}

type DraftProps = Pick<LogEditorProps, "preview" | "signed"> & {
  text: string;
  busy: boolean;
  onText: (text: string) => void;
  onKeep: () => void;
  onLeave: () => void;
};

function Draft({ text, signed, busy, preview, onText, onKeep, onLeave }: DraftProps) {
  const words = useTranslations("dailyLog");
  const id = useId();
  const [shown, setShown] = useState<ReactNode>(null);
  const [drawing, startDrawing] = useTransition();
  const draw = () =>
    startDrawing(async () => {
      const drawn = await preview(text);
      startDrawing(() => setShown(drawn));
    });
  return (
    <>
      <label htmlFor={id}>{words("comment")}</label>
      <textarea
        id={id}
        rows={10}
        maxLength={MOST_CHARACTERS}
        value={text}
        aria-describedby={`${id}-note`}
        onChange={(event) => onText(event.target.value)}
      />
      <p className="note" id={`${id}-note`}>
        {words("markdown")} {signed && words("unsigns")}
      </p>
      <p className="actions">
        <button className="btn main" type="button" disabled={busy} onClick={onKeep}>
          {words("keep")}
        </button>
        <button className="btn" type="button" disabled={drawing} onClick={draw}>
          {words("preview")}
        </button>
        <button className="text-btn" type="button" onClick={onLeave}>
          {words("leave")}
        </button>
      </p>
      {shown !== null && (
        <section className="log-preview" aria-label={words("preview")} aria-live="polite">
          {shown}
        </section>
      )}
    </>
  );
}

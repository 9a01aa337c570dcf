"use client";
import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useTRPC } from "#components/rpc/trpc.ts";
import { Dialog } from "#components/ui/dialog.tsx";
import { NoteText } from "./note-text.tsx";
import { useFormats } from "./use-formats.ts";

/** Every state that a note has had, newest first. */
export function NoteHistory({ id, onClose }: { id: string; onClose: () => void }) {
  const trpc = useTRPC();
  const words = useTranslations("notes");
  const formats = useFormats();
  const { data } = useQuery(trpc.notes.history.queryOptions({ id }));
  return (
    <Dialog title={words("historyTitle")} onClose={onClose}>
      <ol className="note-history">
        {(data?.revisions ?? []).toReversed().map(({ number, markdown, author, time, reason }) => (
          <li key={number} value={number}>
            <p className="quiet">
              {words("revision", {
                number,
                author: author ?? words("nobody"),
                at: formats.clock(time),
              })}
            </p>
            {markdown === null ? (
              <p>{words("removed", { reason: reason ?? "" })}</p>
            ) : (
              <NoteText markdown={markdown} />
            )}
          </li>
        ))}
      </ol>
      <p className="actions">
        <button className="btn" type="button" onClick={onClose}>
          {words("close")}
        </button>
      </p>
    </Dialog>
  );
}

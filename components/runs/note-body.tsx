"use client";
import { useTranslations } from "next-intl";
import { Suspense, useState } from "react";
import { useMember } from "#components/members/use-member.ts";
import type { NoteData } from "#server/notes/contract.ts";
import { LateNoteDialog, LateNoteHistory, LateNoteRemoval } from "./late-dialogs.tsx";
import { NoteText } from "./note-text.tsx";

type NoteBodyProps = { id: string; note: NoteData };

/** A note with who wrote it and what it was before; engineers can change it or take it back. */
export function NoteBody({ id, note }: NoteBodyProps) {
  const words = useTranslations("notes");
  const { can } = useMember();
  const [open, setOpen] = useState<"edit" | "remove" | "history" | null>(null);
  const close = () => setOpen(null);
  const markdown = note.markdown ?? "";
  return (
    <>
      <NoteText markdown={markdown} />
      <p className="quiet note-tools">
        {note.author !== null && <span>{note.author}</span>}
        {note.edited && (
          <button type="button" className="text-btn" onClick={() => setOpen("history")}>
            {words("edited")}
          </button>
        )}
        {can("engineer") && (
          <>
            <button type="button" className="text-btn" onClick={() => setOpen("edit")}>
              {words("edit")}
            </button>
            <button type="button" className="text-btn" onClick={() => setOpen("remove")}>
              {words("remove")}
            </button>
          </>
        )}
      </p>
      <Suspense fallback={null}>
        {open === "edit" && (
          <LateNoteDialog task={{ kind: "edit", id, markdown }} onClose={close} />
        )}
        {open === "remove" && <LateNoteRemoval id={id} onClose={close} />}
        {open === "history" && <LateNoteHistory id={id} onClose={close} />}
      </Suspense>
    </>
  );
}

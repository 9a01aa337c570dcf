"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { useTRPC } from "#components/rpc/trpc.ts";
import { Dialog } from "#components/ui/dialog.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { LONGEST_NOTE } from "./known-kinds.ts";
import { NoteText } from "./note-text.tsx";

/** A new note at a step, or the text of one that stands. */
export type NoteTask =
  | { kind: "add"; runId: string; step: number }
  | { kind: "edit"; id: string; markdown: string };

type NoteDialogProps = { task: NoteTask; onClose: () => void };

/** Where an engineer writes a note, with a look at how it will stand. */
export function NoteDialog({ task, onClose }: NoteDialogProps) {
  const words = useTranslations("notes");
  const [markdown, setMarkdown] = useState(task.kind === "edit" ? task.markdown : "");
  const [step, setStep] = useState(task.kind === "add" ? String(task.step) : "");
  const [preview, setPreview] = useState(false);
  const { send, isPending, error } = useSend(task, onClose);
  const ready = markdown.trim() !== "" && (task.kind === "edit" || Number(step) >= 0);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    send(markdown, Number(step));
  };
  return (
    <Dialog title={words(`${task.kind}Title`)} onClose={onClose}>
      <form className="dialog-form" onSubmit={submit}>
        {task.kind === "add" && (
          <label>
            {words("step")}
            <input
              type="number"
              min="0"
              step="1"
              required
              value={step}
              onChange={({ currentTarget }) => setStep(currentTarget.value)}
            />
          </label>
        )}
        {preview ? (
          <section className="preview" aria-label={words("preview")}>
            <NoteText markdown={markdown} />
          </section>
        ) : (
          <label>
            {words("text")}
            <textarea
              required
              rows={8}
              maxLength={LONGEST_NOTE}
              value={markdown}
              onChange={({ currentTarget }) => setMarkdown(currentTarget.value)}
            />
          </label>
        )}
        {error !== null && (
          <p className="notice bad" role="alert">
            <Icon name="s-bad" className="bad" />
            <span>{error.message}</span>
          </p>
        )}
        <p className="actions">
          <button className="btn main" type="submit" disabled={!ready || isPending}>
            {words(`${task.kind}Send`)}
          </button>
          <button
            className="btn"
            type="button"
            aria-pressed={preview}
            onClick={() => setPreview(!preview)}
          >
            {words("preview")}
          </button>
          <button className="btn" type="button" onClick={onClose}>
            {words("cancel")}
          </button>
        </p>
      </form>
    </Dialog>
  );
}

function useSend(task: NoteTask, onClose: () => void) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const onSuccess = async () => {
    onClose();
    await queryClient.invalidateQueries({ queryKey: trpc.runs.events.pathKey() });
  };
  const add = useMutation(trpc.notes.add.mutationOptions({ onSuccess }));
  const edit = useMutation(trpc.notes.edit.mutationOptions({ onSuccess }));
  return {
    send: (markdown: string, step: number) =>
      task.kind === "add"
        ? add.mutate({ runId: task.runId, step, markdown })
        : edit.mutate({ id: task.id, markdown }),
    isPending: add.isPending || edit.isPending,
    error: add.error ?? edit.error,
  };
}

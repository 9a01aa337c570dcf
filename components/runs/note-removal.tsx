"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { useTRPC } from "#components/rpc/trpc.ts";
import { Dialog } from "#components/ui/dialog.tsx";
import { Icon } from "#components/ui/icon.tsx";

const LONGEST_REASON = 500;

/** Takes a note off the curve, for a reason that its history keeps. */
export function NoteRemoval({ id, onClose }: { id: string; onClose: () => void }) {
  const trpc = useTRPC();
  const words = useTranslations("notes");
  const queryClient = useQueryClient();
  const [reason, setReason] = useState("");
  const { mutate, isPending, error } = useMutation(
    trpc.notes.remove.mutationOptions({
      onSuccess: async () => {
        onClose();
        await queryClient.invalidateQueries({ queryKey: trpc.runs.events.pathKey() });
      },
    }),
  );
  const send = (event: FormEvent) => {
    event.preventDefault();
    mutate({ id, reason: reason.trim() });
  };
  return (
    <Dialog title={words("removeTitle")} onClose={onClose}>
      <form className="dialog-form" onSubmit={send}>
        <p>{words("removeMeans")}</p>
        <label>
          {words("reason")}
          <textarea
            required
            rows={2}
            maxLength={LONGEST_REASON}
            value={reason}
            onChange={({ currentTarget }) => setReason(currentTarget.value)}
          />
        </label>
        {error !== null && (
          <p className="notice bad" role="alert">
            <Icon name="s-bad" className="bad" />
            <span>{error.message}</span>
          </p>
        )}
        <p className="actions">
          <button className="btn main" type="submit" disabled={reason.trim() === "" || isPending}>
            {words("removeSend")}
          </button>
          <button className="btn" type="button" onClick={onClose}>
            {words("cancel")}
          </button>
        </p>
      </form>
    </Dialog>
  );
}

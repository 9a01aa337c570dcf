"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { useTRPC } from "#components/rpc/trpc.ts";
import { Dialog } from "#components/ui/dialog.tsx";
import { Icon } from "#components/ui/icon.tsx";
import type { CommandKind } from "#server/run-log/contract.ts";
import type { RunDetail } from "#server/runs/contract.ts";
import { type CommandForm, commandOf, EMPTY_FORM } from "./command-choice.ts";
import { CommandFields } from "./command-fields.tsx";

const LONGEST_REASON = 2_000;

type CommandDialogProps = { run: RunDetail; kind: CommandKind; onClose: () => void };

/** Says what will happen, asks for the reason, and only then sends. */
export function CommandDialog({ run, kind, onClose }: CommandDialogProps) {
  const trpc = useTRPC();
  const words = useTranslations("control");
  const queryClient = useQueryClient();
  const [form, setForm] = useState<CommandForm>(EMPTY_FORM);
  const { mutate, isPending, error } = useMutation(
    trpc.runs.sendCommand.mutationOptions({
      onSuccess: async () => {
        onClose();
        await queryClient.invalidateQueries({ queryKey: trpc.runs.commands.pathKey() });
      },
    }),
  );
  const command = commandOf(kind, form);
  const send = (event: FormEvent) => {
    event.preventDefault();
    if (command !== null) {
      mutate({ runId: run.id, command });
    }
  };
  return (
    <Dialog title={words(`kinds.${kind}`)} onClose={onClose}>
      <form className="dialog-form" method="dialog" onSubmit={send}>
        <p>{words(`means.${kind}`, { name: run.name })}</p>
        <CommandFields run={run} kind={kind} form={form} onChange={setForm} />
        <label>
          {words("reasonField")}
          <textarea
            required
            rows={3}
            maxLength={LONGEST_REASON}
            value={form.reason}
            onChange={({ currentTarget }) => setForm({ ...form, reason: currentTarget.value })}
          />
        </label>
        <p className="quiet">{words("public")}</p>
        {error !== null && (
          <p className="notice bad" role="alert">
            <Icon name="s-bad" className="bad" />
            <span>{error.message}</span>
          </p>
        )}
        <p className="actions">
          <button className="btn main" type="submit" disabled={command === null || isPending}>
            {words(`send.${kind}`)}
          </button>
          <button className="btn" type="button" onClick={onClose}>
            {words("cancel")}
          </button>
        </p>
      </form>
    </Dialog>
  );
}

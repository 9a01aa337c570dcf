"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useLocale, useTranslations } from "next-intl";
import { type FormEvent, useId } from "react";
import { readIssue } from "#components/members/read-issue.ts";
import { useTRPC } from "#components/rpc/trpc.ts";
import { KNOWN_KINDS } from "#components/runs/known-kinds.ts";
import { Icon } from "#components/ui/icon.tsx";
import type { AlertKind, Alerts } from "#server/alerts/contract.ts";

type AlertsFormProps = { runId: string; saved: Alerts | null };

const USUAL: readonly AlertKind[] = ["spike", "nan", "stall", "checkpoint", "release"];

/** Kinds of event and ways to be told; one form, kept as a whole. */
export function AlertsForm({ runId, saved }: AlertsFormProps) {
  const words = useTranslations("alerts");
  const language = useLocale() === "zh" ? "zh" : "en";
  const id = useId();
  const client = useQueryClient();
  const { alerts } = useTRPC();
  const onSuccess = () => client.invalidateQueries({ queryKey: alerts.read.queryKey({ runId }) });
  const save = useMutation(alerts.save.mutationOptions({ onSuccess }));
  const remove = useMutation(alerts.remove.mutationOptions({ onSuccess }));
  const send = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    const webhook = String(data.get("webhook") ?? "").trim();
    save.mutate({
      runId,
      kinds: KNOWN_KINDS.alerts.filter((kind) => data.has(kind)),
      inApp: data.has("inApp"),
      mail: data.has("mail"),
      webhook: webhook === "" ? null : webhook,
      language,
    });
  };
  const issue = readIssue(save.error ?? remove.error);
  return (
    <form className="alerts-form" method="post" onSubmit={send}>
      <KindChoice chosen={saved?.kinds ?? USUAL} />
      <fieldset>
        <legend>{words("how")}</legend>
        <Check name="inApp" label={words("inApp")} checked={saved?.inApp ?? true} />
        <Check name="mail" label={words("mail")} checked={saved?.mail ?? false} />
        <p>
          <label htmlFor={id}>{words("webhook")}</label>
          <input
            id={id}
            name="webhook"
            type="url"
            inputMode="url"
            placeholder="https://"
            maxLength={500}
            defaultValue={saved?.webhook ?? ""}
          />
        </p>
      </fieldset>
      {issue !== undefined && (
        <p className="notice bad" role="alert">
          <Icon name="s-bad" className="bad" />
          <span>{issue}</span>
        </p>
      )}
      <p className="actions">
        <button className="btn main" type="submit" disabled={save.isPending}>
          {words(saved === null ? "begin" : "save")}
        </button>
        {saved !== null && (
          <button className="btn" type="button" onClick={() => remove.mutate({ runId })}>
            {words("remove")}
          </button>
        )}
        <span role="status">{save.isSuccess && words("saved")}</span>
      </p>
    </form>
  );
}

function KindChoice({ chosen }: { chosen: readonly AlertKind[] }) {
  const words = useTranslations("alerts");
  const kinds = useTranslations("charts.kinds");
  return (
    <fieldset>
      <legend>{words("what")}</legend>
      <div className="filters">
        {KNOWN_KINDS.alerts.map((kind) => (
          <Check key={kind} name={kind} label={kinds(kind)} checked={chosen.includes(kind)} />
        ))}
      </div>
    </fieldset>
  );
}

type CheckProps = { name: string; label: string; checked: boolean };

function Check({ name, label, checked }: CheckProps) {
  return (
    <label className="check">
      <input type="checkbox" name={name} defaultChecked={checked} />
      <span>{label}</span>
    </label>
  );
}

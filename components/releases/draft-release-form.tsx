"use client";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { type FormEvent, useId } from "react";
import { useRouter } from "#components/layout/navigation.ts";
import { Refused } from "#components/members/refused.tsx";
import { useMember } from "#components/members/use-member.ts";
import { useTRPC } from "#components/rpc/trpc.ts";
import { FORMATS } from "#server/releases/contract.ts";
import { familyHref } from "./family-tabs.ts";
import { useReleaseRefusal } from "./use-release-refusal.ts";

/** Where an engineer makes a checkpoint the draft of a release. */
export function DraftReleaseForm({ family }: { family: string }) {
  const words = useTranslations("models");
  const { can } = useMember();
  return can("engineer") ? (
    <details className="model-tools">
      <summary>{words("draft.title")}</summary>
      <Form family={family} />
    </details>
  ) : null;
}

function Form({ family }: { family: string }) {
  const words = useTranslations("models");
  const id = useId();
  const trpc = useTRPC();
  const router = useRouter();
  const refusal = useReleaseRefusal();
  const { data } = useQuery(trpc.releases.candidates.queryOptions());
  const draft = useMutation(trpc.releases.draft.mutationOptions());
  const send = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const version = String(form.get("version") ?? "");
    draft.mutate(
      {
        family,
        version,
        checkpointId: String(form.get("checkpoint") ?? ""),
        formats: FORMATS.filter((format) => form.get(format) !== null),
        gated: form.get("gated") !== null,
      },
      { onSuccess: () => router.push(familyHref({ family, version, tab: "files" })) },
    );
  };
  return (
    <form className="model-form" onSubmit={send}>
      <label htmlFor={`${id}-checkpoint`}>{words("draft.checkpoint")}</label>
      <select id={`${id}-checkpoint`} name="checkpoint" required>
        {(data?.checkpoints ?? []).map((one) => (
          <option key={one.id} value={one.id}>
            {words("draft.option", { run: one.runName, step: one.step })}
          </option>
        ))}
      </select>
      <label htmlFor={`${id}-version`}>{words("draft.version")}</label>
      <input
        id={`${id}-version`}
        name="version"
        required
        pattern="\d{1,4}\.\d{1,4}(\.\d{1,4})?"
        placeholder="1.0"
      />
      <fieldset>
        <legend>{words("files.formats")}</legend>
        {FORMATS.map((format) => (
          <label className="check" key={format}>
            <input type="checkbox" name={format} defaultChecked />
            <span>{words(`format.${format}`)}</span>
          </label>
        ))}
      </fieldset>
      <label className="check">
        <input type="checkbox" name="gated" defaultChecked />
        <span>{words("draft.gated")}</span>
      </label>
      <Refused sentence={refusal(draft.error)} />
      <button className="btn main" type="submit" disabled={draft.isPending || data === undefined}>
        {words("draft.send")}
      </button>
    </form>
  );
}

"use client";
import { useMutation } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useId } from "react";
import { useRouter } from "#components/layout/navigation.ts";
import { useMember } from "#components/members/use-member.ts";
import { useTRPC } from "#components/rpc/trpc.ts";
import type { InitiativeDetail } from "#server/initiatives/contract.ts";
import { ReasonForm } from "./reason-form.tsx";

/** Joins it to another initiative, or takes that back. */
export function MergeTools({ initiative }: { initiative: InitiativeDetail }) {
  const words = useTranslations("initiatives");
  const router = useRouter();
  const ids = useId();
  const { can } = useMember();
  const done = { onSuccess: () => router.refresh() };
  const merge = useMutation(useTRPC().initiatives.merge.mutationOptions(done));
  const unmerge = useMutation(useTRPC().initiatives.unmerge.mutationOptions(done));
  const supersede = useMutation(useTRPC().initiatives.supersede.mutationOptions(done));
  const { id, state, mine } = initiative;
  return state === "duplicate" ? (
    <ReasonForm
      open={words("act.unmerge")}
      label={words("reasonForAll")}
      send={words("act.unmerge")}
      mutation={unmerge}
      onSend={({ reason }) => unmerge.mutate({ id, reason })}
    />
  ) : (
    <>
      {can("engineer") && !mine && (
        <ReasonForm
          open={words("act.supersede")}
          label={words("reasonForAll")}
          send={words("act.supersede")}
          mutation={supersede}
          onSend={({ reason, data }) =>
            supersede.mutate({ id, reason, by: Number(data.get("into")) })
          }
        >
          <NumberField id={`${ids}-by`} label={words("by")} />
        </ReasonForm>
      )}
      <ReasonForm
        open={words("act.merge")}
        label={words("reasonForAll")}
        send={words("act.merge")}
        mutation={merge}
        onSend={({ reason, data }) => merge.mutate({ id, reason, into: Number(data.get("into")) })}
      >
        <NumberField id={`${ids}-into`} label={words("into")} />
      </ReasonForm>
    </>
  );
}

/** The number of another initiative. */
function NumberField({ id, label }: { id: string; label: string }) {
  return (
    <p>
      <label htmlFor={id}>{label}</label>
      <input id={id} name="into" type="number" min={1} required />
    </p>
  );
}

"use client";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useTRPC } from "#components/rpc/trpc.ts";
import { AccountForm } from "./account-form.tsx";
import { plainCode } from "./plain-code.ts";
import { useRefreshMember } from "./use-refresh-member.ts";
import { useRefusal } from "./use-refusal.ts";

type FactorChangeProps = { onCodes: (codes: string[] | null) => void; onRemoved: () => void };

/** What can be done with a second factor that is set: new recovery codes, or taking it away, each by one of its codes. */
export function FactorChange({ onCodes, onRemoved }: FactorChangeProps) {
  const words = useTranslations("account");
  const member = useTranslations("members");
  const refusal = useRefusal();
  const client = useQueryClient();
  const refresh = useRefreshMember();
  const { members } = useTRPC();
  const { data } = useQuery(members.profile.settings.queryOptions());
  const [wanted, setWanted] = useState<"codes" | "remove" | null>(null);
  const reread = () => client.invalidateQueries({ queryKey: members.profile.settings.queryKey() });
  const renew = useMutation(
    members.factor.renewCodes.mutationOptions({
      onSuccess: async ({ recoveryCodes }) => {
        onCodes(recoveryCodes);
        await reread();
      },
    }),
  );
  const remove = useMutation(
    members.factor.remove.mutationOptions({
      onSuccess: async () => {
        onRemoved();
        await refresh();
      },
    }),
  );
  const change = wanted === "codes" ? renew : remove;
  return (
    <>
      <p>{member("factorSet")}</p>
      <p className="note">{words("codesLeft", { count: data?.recoveryCodesLeft ?? 0 })}</p>
      {wanted === null ? (
        <p className="actions">
          <button className="btn" type="button" onClick={() => setWanted("codes")}>
            {words("newCodes")}
          </button>
          <button className="btn" type="button" onClick={() => setWanted("remove")}>
            {words("removeFactor")}
          </button>
        </p>
      ) : (
        <AccountForm
          fields={[
            {
              name: "code",
              label: member("code"),
              autoComplete: "one-time-code",
              note: words(wanted === "codes" ? "newCodesNote" : "removeFactorNote"),
            },
          ]}
          submit={words(wanted === "codes" ? "newCodes" : "removeFactor")}
          busy={change.isPending}
          error={refusal(change.error)}
          onSubmit={({ code = "" }) => change.mutate({ code: plainCode(code) })}
        >
          <button className="text-btn" type="button" onClick={() => setWanted(null)}>
            {words("leaveIt")}
          </button>
        </AccountForm>
      )}
    </>
  );
}

"use client";
import { useMutation } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { Moment } from "#components/forum/moment.tsx";
import { useRouter } from "#components/layout/navigation.ts";
import { Refused } from "#components/members/refused.tsx";
import { useRefusal } from "#components/members/use-refusal.ts";
import { useTRPC } from "#components/rpc/trpc.ts";
import type { Overview } from "#server/admin/contract.ts";
import { ReasonedButton } from "./reasoned-button.tsx";

/** Tokens that open something; ending one holds from the next request on. */
export function TokenList({ tokens }: Pick<Overview, "tokens">) {
  const words = useTranslations("admin");
  const refusal = useRefusal();
  const router = useRouter();
  const end = useMutation(
    useTRPC().admin.endToken.mutationOptions({ onSuccess: () => router.refresh() }),
  );
  return (
    <>
      <Refused sentence={refusal(end.error)} />
      <ul className="threads">
        {tokens.map(({ id, label, scope, owner, createdAt, lastUsedAt }) => (
          <li key={id}>
            <b>{label}</b>
            <p>
              {scope} · {owner ?? words("portalsOwn")} · <Moment at={createdAt} time={false} /> ·{" "}
              {lastUsedAt === null ? words("neverUsed") : <Moment at={lastUsedAt} />}
            </p>
            <ReasonedButton
              label={words("endToken")}
              busy={end.isPending}
              onReason={(reason) => end.mutate({ id, reason })}
            />
          </li>
        ))}
      </ul>
    </>
  );
}

"use client";
import { useMutation } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useId, useState } from "react";
import { useRouter } from "#components/layout/navigation.ts";
import { Refused } from "#components/members/refused.tsx";
import { useMember } from "#components/members/use-member.ts";
import { useTRPC } from "#components/rpc/trpc.ts";
import { useShowcaseRefusal } from "./use-showcase-refusal.ts";

/** For admins and moderators: onto the home page, or out of the showcase; with a reason in the public log. */
export function StaffTools({ id, featured }: { id: number; featured: boolean }) {
  const words = useTranslations("showcase");
  const refusal = useShowcaseRefusal();
  const router = useRouter();
  const field = useId();
  const { can } = useMember();
  const [reason, setReason] = useState("");
  const { showcase } = useTRPC();
  const feature = useMutation(
    showcase.feature.mutationOptions({ onSuccess: () => router.refresh() }),
  );
  const hide = useMutation(
    showcase.hide.mutationOptions({ onSuccess: () => router.push("/showcase") }),
  );
  if (!can("admin", "moderator")) {
    return null;
  }
  const short = reason.trim().length < 3;
  return (
    <section>
      <h2>{words("staff")}</h2>
      <p>
        <label htmlFor={field}>{words("reasonPublic")}</label>
        <input
          id={field}
          className="block"
          value={reason}
          maxLength={500}
          onChange={(event) => setReason(event.target.value)}
        />
      </p>
      <p className="actions">
        {can("admin") && (
          <button
            className="btn"
            type="button"
            disabled={short || feature.isPending}
            onClick={() => feature.mutate({ id, on: !featured, reason })}
          >
            {words(featured ? "unfeature" : "feature")}
          </button>
        )}
        {can("moderator") && (
          <button
            className="btn"
            type="button"
            disabled={short || hide.isPending}
            onClick={() => hide.mutate({ id, reason })}
          >
            {words("hide")}
          </button>
        )}
      </p>
      <Refused sentence={refusal(feature.error ?? hide.error)} />
    </section>
  );
}

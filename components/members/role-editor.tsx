"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { type FormEvent, useId } from "react";
import { Link } from "#components/layout/navigation.ts";
import { useTRPC } from "#components/rpc/trpc.ts";
import type { MemberRef } from "#server/members/contract.ts";
import { Refused } from "./refused.tsx";
import { useRefusal } from "./use-refusal.ts";

const ROLES = ["volunteer", "engineer", "moderator", "admin"] as const;
type Role = (typeof ROLES)[number];

/** Gives and takes roles, each with a reason that stands in the public log. */
export function RoleEditor({ name, roles }: Pick<MemberRef, "name" | "roles">) {
  const words = useTranslations("profile");
  const refusal = useRefusal();
  const id = useId();
  const client = useQueryClient();
  const { members } = useTRPC();
  const onSuccess = () =>
    client.invalidateQueries({ queryKey: members.profile.read.queryKey({ name }) });
  const grant = useMutation(members.profile.grantRole.mutationOptions({ onSuccess }));
  const revoke = useMutation(members.profile.revokeRole.mutationOptions({ onSuccess }));
  const send = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    const role = ROLES.find((each) => each === data.get("role"));
    if (role !== undefined) {
      const change = { name, role, reason: String(data.get("reason")) };
      grant.reset();
      revoke.reset();
      (roles.includes(role) ? revoke : grant).mutate(change);
    }
  };
  const done = grant.data ?? revoke.data;
  return (
    <form className="account-form" method="post" onSubmit={send}>
      <p>
        <label htmlFor={`${id}-role`}>{words("role.label")}</label>
        <select id={`${id}-role`} name="role" required>
          {ROLES.map((role) => (
            <option key={role} value={role}>
              {roleChoice(words, role, roles.includes(role))}
            </option>
          ))}
        </select>
      </p>
      <p>
        <label htmlFor={`${id}-reason`}>{words("reason")}</label>
        <input id={`${id}-reason`} name="reason" required minLength={3} maxLength={500} />
        <span className="note">{words("reasonNote")}</span>
      </p>
      <Refused sentence={refusal(grant.error ?? revoke.error)} />
      <p className="actions">
        <button className="btn main" type="submit" disabled={grant.isPending || revoke.isPending}>
          {words("decide")}
        </button>
        {done !== undefined && (
          <Link href="/decisions">{words("decided", { number: done.decision })}</Link>
        )}
      </p>
    </form>
  );
}

function roleChoice(
  words: ReturnType<typeof useTranslations<"profile">>,
  role: Role,
  held: boolean,
): string {
  return words(held ? "take" : "give", { role: words(`role.${role}`) });
}

"use client";
import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { Link } from "#components/layout/navigation.ts";
import { MemberName } from "#components/members/member-name.tsx";
import { useTRPC } from "#components/rpc/trpc.ts";
import type { AskContained } from "#server/initiatives/contract.ts";
import { StateMark } from "./state-mark.tsx";

/** The initiatives inside a checkpoint, and whom they are owed to. */
export function ContainedInitiatives({ at }: { at: AskContained }) {
  const words = useTranslations("trials");
  const { data } = useQuery(useTRPC().initiatives.containedIn.queryOptions(at));
  return (
    <section>
      <h3>{words("inside")}</h3>
      {data?.initiatives.length === 0 && <p className="quiet">{words("noneInside")}</p>}
      <ul>
        {(data?.initiatives ?? []).map((initiative) => (
          <li key={initiative.id}>
            <Link href={`/initiatives/${initiative.id}`}>
              {initiative.id}: {initiative.title}
            </Link>{" "}
            <StateMark state={initiative.state} />
            <p className="quiet">
              {words("proposedBy")} <MemberName member={initiative.author} />
              {", "}
              {words("votes", { count: initiative.eligible })}
              {initiative.assignees.map((member) => (
                <span key={member.id}>
                  {", "}
                  {words("carriedBy")} <MemberName member={member} />
                </span>
              ))}
            </p>
          </li>
        ))}
      </ul>
    </section>
  );
}

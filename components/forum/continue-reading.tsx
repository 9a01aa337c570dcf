"use client";
import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { Link } from "#components/layout/navigation.ts";
import { useMember } from "#components/members/use-member.ts";
import { useTRPC } from "#components/rpc/trpc.ts";
import { threadHref } from "./thread-href.ts";

const MOST = 8;

/** Threads that went on after one stopped reading; each link goes to the first post not read. */
export function ContinueReading() {
  const words = useTranslations("forum");
  const { member } = useMember();
  const { data } = useQuery(
    useTRPC().forum.unread.queryOptions(
      { limit: MOST },
      { enabled: member !== null, staleTime: 10_000 },
    ),
  );
  if (data === undefined || data.threads.length === 0) {
    return null;
  }
  return (
    <section>
      <h2>{words("continue")}</h2>
      <ul className="threads">
        {data.threads.map((thread) => (
          <li key={thread.id}>
            <Link href={threadHref(thread)} prefetch={false}>
              {thread.title}
            </Link>
            <p>{words("unread", { count: thread.lastNumber - (thread.readTo ?? 0) })}</p>
          </li>
        ))}
      </ul>
    </section>
  );
}

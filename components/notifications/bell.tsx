"use client";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useEffect } from "react";
import { Link } from "#components/layout/navigation.ts";
import { useMember } from "#components/members/use-member.ts";
import { listenTo } from "#components/rpc/signals.ts";
import { useTRPC } from "#components/rpc/trpc.ts";

const MOST_SHOWN = 99;

/** How much there is to be told, in the masthead; the number is kept by the stream of signals. */
export function Bell() {
  const words = useTranslations("notifications");
  const { member } = useMember();
  const { notifications } = useTRPC();
  const client = useQueryClient();
  const memberId = member?.id;
  const { data } = useQuery(
    notifications.count.queryOptions(undefined, { enabled: memberId !== undefined }),
  );
  const key = notifications.pathKey();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key is made anew at each drawing and is always equal.
  useEffect(() => {
    if (memberId === undefined) {
      return;
    }
    return listenTo("me", () => void client.invalidateQueries({ queryKey: key }));
  }, [client, memberId]);
  if (member === null) {
    return null;
  }
  const count = data?.count ?? 0;
  const shown = count > MOST_SHOWN ? `${MOST_SHOWN}+` : String(count);
  return (
    <Link className="lang bell" href="/notifications" prefetch={false}>
      {words("title")}
      {count > 0 && (
        <b>
          <span aria-hidden="true">{shown}</span>
          <span className="sr">{words("unread", { count: shown })}</span>
        </b>
      )}
    </Link>
  );
}

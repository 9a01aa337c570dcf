"use client";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useFormatter, useTranslations } from "next-intl";
import { Link } from "#components/layout/navigation.ts";
import { useTRPC } from "#components/rpc/trpc.ts";
import type { ActivityItem } from "#server/members/contract.ts";

/** A member's posts, newest first. */
export function ActivityList({ name }: { name: string }) {
  const words = useTranslations("profile");
  const list = useInfiniteQuery(
    useTRPC().members.profile.activity.infiniteQueryOptions(
      { name },
      { getNextPageParam: ({ next }) => next, initialCursor: null },
    ),
  );
  const items = list.data?.pages.flatMap((page) => page.items) ?? [];
  if (items.length === 0 && list.isSuccess) {
    return <p className="quiet">{words("noPosts")}</p>;
  }
  return (
    <>
      <ul className="activity">
        {items.map((item) => (
          <ActivityRow key={item.postId} {...item} />
        ))}
      </ul>
      {list.hasNextPage && (
        <p className="actions">
          <button
            className="btn"
            type="button"
            disabled={list.isFetchingNextPage}
            onClick={() => void list.fetchNextPage()}
          >
            {words("older")}
          </button>
        </p>
      )}
    </>
  );
}

function ActivityRow({ threadId, number, title, excerpt, at }: ActivityItem) {
  const format = useFormatter();
  const date = new Date(at);
  return (
    <li>
      <p>
        <Link href={`/forum/t/${threadId}?from=${number}#p${number}`} prefetch={false}>
          {title}
        </Link>{" "}
        <time className="note" dateTime={at}>
          {format.dateTime(date, { dateStyle: "medium" })}
        </time>
      </p>
      <p className="quiet">{excerpt}</p>
    </li>
  );
}

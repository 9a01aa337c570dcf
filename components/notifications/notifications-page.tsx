"use client";
import { useInfiniteQuery, useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Moment } from "#components/forum/moment.tsx";
import { Link } from "#components/layout/navigation.ts";
import { useMember } from "#components/members/use-member.ts";
import { useTRPC } from "#components/rpc/trpc.ts";
import { Segmented } from "#components/ui/segmented.tsx";
import type { NotificationItem } from "#server/notifications/contract.ts";
import { NotificationText } from "./notification-text.tsx";

type Shown = "all" | "unread";

/** Everything that one was told; reading what it leads to marks it as read. */
export function NotificationsPage() {
  const words = useTranslations("notifications");
  const { member } = useMember();
  return member === null ? (
    <p className="wrap">
      <Link href="/sign-in">{words("signIn")}</Link>
    </p>
  ) : (
    <Notifications />
  );
}

function Notifications() {
  const words = useTranslations("notifications");
  const [shown, setShown] = useState<Shown>("all");
  const { items, more, hasMore, mark } = useNotifications(shown);
  const newest = items[0];
  return (
    <section className="wrap notifications">
      <p className="actions">
        <Segmented<Shown>
          label={words("show")}
          value={shown}
          onChange={setShown}
          options={[
            { value: "all", label: words("all") },
            { value: "unread", label: words("onlyUnread") },
          ]}
        />
        {items.some(({ read }) => !read) && newest !== undefined && (
          <button className="btn" type="button" onClick={() => mark({ id: newest.id, upTo: true })}>
            {words("markAll")}
          </button>
        )}
        <Link href="/account">{words("settings")}</Link>
      </p>
      {items.length === 0 ? (
        <p className="empty">
          <span>{words("none")}</span>
        </p>
      ) : (
        <ol className="thread-list">
          {items.map((item) => (
            <Row key={item.id} item={item} onRead={() => mark({ id: item.id })} />
          ))}
        </ol>
      )}
      {hasMore && (
        <p className="actions pages">
          <button className="btn" type="button" onClick={more}>
            {words("older")}
          </button>
        </p>
      )}
    </section>
  );
}

function Row({ item, onRead }: { item: NotificationItem; onRead: () => void }) {
  const words = useTranslations("notifications");
  return (
    <li className={item.read ? undefined : "is-unread"}>
      <Link href={item.url} prefetch={false} onClick={item.read ? undefined : onRead}>
        <NotificationText {...item} />
      </Link>
      <p className="thread-count">
        <span className="quiet">
          <Moment at={item.createdAt} />
        </span>
        {!item.read && (
          <button className="text-btn" type="button" onClick={onRead}>
            {words("markOne")}
          </button>
        )}
      </p>
    </li>
  );
}

function useNotifications(shown: Shown) {
  const { notifications } = useTRPC();
  const client = useQueryClient();
  const list = useInfiniteQuery(
    notifications.list.infiniteQueryOptions(
      { unread: shown === "unread" },
      { getNextPageParam: ({ next }) => next ?? undefined },
    ),
  );
  const mark = useMutation(
    notifications.mark.mutationOptions({
      onSuccess: () => client.invalidateQueries({ queryKey: notifications.pathKey() }),
    }),
  );
  return {
    items: list.data?.pages.flatMap((page) => page.notifications) ?? [],
    hasMore: list.hasNextPage,
    more: () => void list.fetchNextPage(),
    mark: mark.mutate,
  };
}

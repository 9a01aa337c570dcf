"use client";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { Moment } from "#components/forum/moment.tsx";
import { useTRPC } from "#components/rpc/trpc.ts";

const EXCERPT = 280;

/** One's own posts that a moderator has not looked at yet, each with a way to take it back. */
export function WaitingPosts() {
  const words = useTranslations("moderation");
  const { moderation } = useTRPC();
  const client = useQueryClient();
  const { data } = useQuery(moderation.waiting.queryOptions());
  const withdraw = useMutation(
    moderation.withdraw.mutationOptions({
      onSettled: () => client.invalidateQueries({ queryKey: moderation.waiting.queryKey() }),
    }),
  );
  if (data === undefined || data.posts.length === 0) {
    return null;
  }
  return (
    <section className="sec wrap">
      <h2>{words("waitingPosts")}</h2>
      <div>
        <p className="quiet">{words("waitingSay")}</p>
        <ol className="thread-list">
          {data.posts.map(({ id, title, body, createdAt }) => (
            <li key={id}>
              <div>
                <h3>{title}</h3>
                <p>{body.slice(0, EXCERPT)}</p>
                <p className="actions">
                  <button
                    className="btn"
                    type="button"
                    disabled={withdraw.isPending}
                    onClick={() => withdraw.mutate({ postId: id })}
                  >
                    {words("withdraw")}
                  </button>
                </p>
              </div>
              <p className="thread-count">
                <span className="quiet">
                  <Moment at={createdAt} />
                </span>
              </p>
            </li>
          ))}
        </ol>
      </div>
    </section>
  );
}

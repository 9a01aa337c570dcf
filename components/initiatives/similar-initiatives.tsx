"use client";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { Link } from "#components/layout/navigation.ts";
import { useTRPC } from "#components/rpc/trpc.ts";
import { StateMark } from "./state-mark.tsx";

const ASK_AFTER_MS = 400;
const ENOUGH = 4;

/** What is proposed already, while a title is typed. */
export function SimilarInitiatives({ title }: { title: string }) {
  const words = useTranslations("initiatives");
  const [asked, setAsked] = useState("");
  useEffect(() => {
    const timer = setTimeout(() => setAsked(title.trim()), ASK_AFTER_MS);
    return () => clearTimeout(timer);
  }, [title]);
  const { data } = useQuery(
    useTRPC().initiatives.similar.queryOptions(
      { title: asked },
      { enabled: asked.length >= ENOUGH, placeholderData: keepPreviousData },
    ),
  );
  const found = asked.length >= ENOUGH ? (data?.initiatives ?? []) : [];
  return found.length === 0 ? null : (
    <section className="notice" aria-live="polite">
      <div>
        <p>{words("similar")}</p>
        <ul>
          {found.map(({ id, title: other, state, eligible }) => (
            <li key={id}>
              <Link href={`/initiatives/${id}`}>{other}</Link> <StateMark state={state} />{" "}
              {words("eligibleVotes", { count: eligible })}
            </li>
          ))}
        </ul>
      </div>
    </section>
  );
}

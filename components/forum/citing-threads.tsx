"use client";
import { useQuery } from "@tanstack/react-query";
import { useLocale, useTranslations } from "next-intl";
import { Link } from "#components/layout/navigation.ts";
import { useTRPC } from "#components/rpc/trpc.ts";
import type { CitingThreads as Answer } from "#server/forum/contract.ts";
import { Moment } from "./moment.tsx";

type CitingThreadsProps = { runId: string; from?: number | undefined; to?: number | undefined };

/** The threads that cite a run, or steps of the span that is shown; nothing when there are none. */
export function CitingThreads({ runId, from, to }: CitingThreadsProps) {
  const words = useTranslations("forum");
  const asked = {
    runId,
    ...(from === undefined ? {} : { from: Math.max(0, Math.floor(from)) }),
    ...(to === undefined ? {} : { to: Math.max(0, Math.ceil(to)) }),
  };
  const { data } = useQuery(
    useTRPC().forum.citing.queryOptions(asked, { placeholderData: (before) => before }),
  );
  if (data === undefined || data.citing.length === 0) {
    return null;
  }
  return (
    <section className="sec wrap">
      <h2>{words("citing")}</h2>
      <ul className="threads">
        {data.citing.map((one) => (
          <li key={one.threadId}>
            <Link href={`/forum/t/${one.threadId}?from=${one.postNumber}#p${one.postNumber}`}>
              {one.title}
            </Link>
            <p>
              <Cited {...one} /> · {words("replies", { count: one.replies })} ·{" "}
              <Moment at={one.createdAt} time={false} />
            </p>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Cited({ from, to }: Pick<Answer["citing"][number], "from" | "to">) {
  const words = useTranslations("forum");
  const format = new Intl.NumberFormat(useLocale());
  if (to === null) {
    return from === 0 ? words("citingWhole") : words("citingFrom", { from: format.format(from) });
  }
  return words("citingSpan", { from: format.format(from), to: format.format(to) });
}

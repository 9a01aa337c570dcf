"use client";
import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useTRPC } from "#components/rpc/trpc.ts";
import { useFormats } from "#components/runs/use-formats.ts";
import { Icon, type IconName } from "#components/ui/icon.tsx";
import type { Delivery, DeliveryState } from "#server/alerts/contract.ts";

/** What was told of the run, over which channel, and how it went. */
export function DeliveriesTable({ runId }: { runId: string }) {
  const words = useTranslations("alerts");
  const asked = useTRPC().alerts.deliveries.queryOptions({ runId }, { staleTime: 0 });
  const { data } = useQuery(asked);
  const deliveries = data?.deliveries;
  if (deliveries === undefined) {
    return <p className="quiet">{words("reading")}</p>;
  }
  if (deliveries.length === 0) {
    return (
      <div className="empty">
        <p>{words("nothingYet")}</p>
      </div>
    );
  }
  return (
    <table className="grid-table stacking">
      <caption className="sr">{words("deliveries")}</caption>
      <thead>
        <tr>
          <th scope="col">{words("event")}</th>
          <th scope="col">{words("channel")}</th>
          <th scope="col">{words("state")}</th>
          <th scope="col">{words("answer")}</th>
          <th scope="col">{words("when")}</th>
        </tr>
      </thead>
      <tbody>
        {deliveries.map((delivery) => (
          <Row key={delivery.id} {...delivery} />
        ))}
      </tbody>
    </table>
  );
}

const LOOK: Record<DeliveryState, { icon: IconName; tone: string }> = {
  waiting: { icon: "s-half", tone: "idle" },
  delivered: { icon: "s-good", tone: "good" },
  failed: { icon: "s-bad", tone: "bad" },
};

function Row(delivery: Delivery) {
  const { eventId, kind, channel, state, tries, lastAnswer, createdAt, nextTryAt } = delivery;
  const words = useTranslations("alerts");
  const kinds = useTranslations("charts.kinds");
  const { clock } = useFormats();
  const { icon, tone } = LOOK[state];
  return (
    <tr>
      <th scope="row">
        <a href={`#${eventId}`}>{kinds(kind as "spike")}</a>
      </th>
      <td>{words(`by.${channel}`)}</td>
      <td>
        <span className={`state ${tone}`}>
          <Icon name={icon} />
          {words(`stateOf.${state}`)}
        </span>
      </td>
      <td className="says">
        {lastAnswer ?? "–"}
        {tries > 1 && ` · ${words("tries", { count: tries })}`}
        {nextTryAt !== null && tries > 0 && ` · ${words("next", { at: clock(nextTryAt) })}`}
      </td>
      <td className="nowrap">{clock(createdAt)}</td>
    </tr>
  );
}

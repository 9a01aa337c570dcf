"use client";
import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { memo, useState } from "react";
import { Link } from "#components/layout/navigation.ts";
import { useMember } from "#components/members/use-member.ts";
import { useTRPC } from "#components/rpc/trpc.ts";
import { AlertsForm } from "./alerts-form.tsx";
import { DeliveriesTable } from "./deliveries-table.tsx";
import { WebhookSecret } from "./webhook-secret.tsx";

/** On a run's page: what a member wants to be told of it, and how. */
export const AlertsPanel = memo(function AlertsPanel({ runId }: { runId: string }) {
  const words = useTranslations("alerts");
  const { member } = useMember();
  return (
    <section className="sec wrap" id="alerts">
      <h2>{words("title")}</h2>
      <div>
        {member === null ? (
          <p>{words.rich("signIn", { a: (text) => <Link href="/sign-in">{text}</Link> })}</p>
        ) : (
          <Mine runId={runId} />
        )}
      </div>
    </section>
  );
});

function Mine({ runId }: { runId: string }) {
  const words = useTranslations("alerts");
  const { alerts } = useTRPC();
  const { data, isError } = useQuery(alerts.read.queryOptions({ runId }));
  const [told, setTold] = useState(false);
  if (data === undefined) {
    return <p className="quiet">{words(isError ? "unread" : "reading")}</p>;
  }
  const saved = data.alerts;
  return (
    <>
      <AlertsForm key={saved?.id ?? "none"} runId={runId} saved={saved} />
      {saved !== null && saved.webhook !== null && saved.secret !== null && (
        <WebhookSecret runId={runId} secret={saved.secret} />
      )}
      {saved !== null && (
        <details className="mt-3" onToggle={(event) => setTold(event.currentTarget.open)}>
          <summary>{words("deliveries")}</summary>
          {told && <DeliveriesTable runId={runId} />}
        </details>
      )}
    </>
  );
}

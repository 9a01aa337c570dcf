"use client";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useLocale, useTranslations } from "next-intl";
import { useTRPC } from "#components/rpc/trpc.ts";
import { ScrollBox } from "#components/ui/scroll-box.tsx";
import type { SessionItem } from "#server/members/contract.ts";
import { nameBrowser } from "./name-browser.ts";

/** The browsers that are signed in, each with a way to sign it out. */
export function SessionsTable() {
  const words = useTranslations("members");
  const client = useQueryClient();
  const { members } = useTRPC();
  const { data } = useQuery(members.sessions.queryOptions());
  const onSuccess = () => client.invalidateQueries({ queryKey: members.sessions.queryKey() });
  const end = useMutation(members.endSession.mutationOptions({ onSuccess }));
  const endOthers = useMutation(members.endOtherSessions.mutationOptions({ onSuccess }));
  const sessions = data?.sessions ?? [];
  return (
    <>
      <ScrollBox>
        <table className="grid-table">
          <thead>
            <tr>
              <th scope="col">{words("browser")}</th>
              <th scope="col">{words("signedInAt")}</th>
              <th scope="col">{words("lastUsed")}</th>
              <td />
            </tr>
          </thead>
          <tbody>
            {sessions.map((session) => (
              <SessionRow key={session.id} {...session} onEnd={(id) => end.mutate({ id })} />
            ))}
          </tbody>
        </table>
      </ScrollBox>
      {sessions.length > 1 && (
        <p className="actions">
          <button className="btn" type="button" onClick={() => endOthers.mutate()}>
            {words("endOthers")}
          </button>
        </p>
      )}
    </>
  );
}

function SessionRow(props: SessionItem & { onEnd: (id: string) => void }) {
  const { id, userAgent, createdAt, lastSeenAt, current, onEnd } = props;
  const words = useTranslations("members");
  const locale = useLocale();
  const format = new Intl.DateTimeFormat(locale === "en" ? "en-GB" : locale, {
    dateStyle: "medium",
    timeStyle: "short",
    timeZone: "UTC",
  });
  const browser = nameBrowser(userAgent);
  return (
    <tr>
      <th scope="row" title={userAgent}>
        {browser ?? words("unknownBrowser")}
      </th>
      <td className="n">{format.format(new Date(createdAt))}</td>
      <td className="n">{format.format(new Date(lastSeenAt))}</td>
      <td>
        {current ? (
          words("thisBrowser")
        ) : (
          <button className="text-btn" type="button" onClick={() => onEnd(id)}>
            {words("endSession")}
          </button>
        )}
      </td>
    </tr>
  );
}

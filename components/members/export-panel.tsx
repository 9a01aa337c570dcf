"use client";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useFormatter, useTranslations } from "next-intl";
import { useTRPC } from "#components/rpc/trpc.ts";
import type { ExportItem } from "#server/members/contract.ts";
import { Refused } from "./refused.tsx";
import { useRefusal } from "./use-refusal.ts";

const POLL_MS = 1_000;

const isRunning = ({ state }: ExportItem): boolean => state === "waiting" || state === "packing";

/** Everything that is kept about oneself, packed as a ZIP of JSON; how far it is, and where to fetch it. */
export function ExportPanel() {
  const words = useTranslations("account");
  const refusal = useRefusal();
  const client = useQueryClient();
  const { members } = useTRPC();
  const { data } = useQuery({
    ...members.data.exports.queryOptions(),
    refetchInterval: (query) =>
      query.state.data?.exports.some(isRunning) === true ? POLL_MS : false,
  });
  const ask = useMutation(
    members.data.askExport.mutationOptions({
      onSuccess: () => client.invalidateQueries({ queryKey: members.data.exports.queryKey() }),
    }),
  );
  const exports = data?.exports ?? [];
  return (
    <>
      <p className="read">{words("exportSay")}</p>
      <p className="actions">
        <button
          className="btn"
          type="button"
          disabled={ask.isPending || exports.some(isRunning)}
          onClick={() => ask.mutate()}
        >
          {words("pack")}
        </button>
      </p>
      <Refused sentence={refusal(ask.error)} />
      <ul className="activity">
        {exports.map((item) => (
          <ExportRow key={item.id} {...item} />
        ))}
      </ul>
    </>
  );
}

function ExportRow({ id, state, done, parts, bytes, createdAt, expiresAt }: ExportItem) {
  const words = useTranslations("account");
  const format = useFormatter();
  const day = (text: string) =>
    format.dateTime(new Date(text), { dateStyle: "medium", timeStyle: "short" });
  if (state === "ready") {
    return (
      <li>
        <a href={`/api/exports/${id}`}>{words("download", { time: day(createdAt) })}</a>{" "}
        <span className="note">
          {words("exportReady", {
            size: format.number((bytes ?? 0) / 1000, { maximumFractionDigits: 1 }),
            until: expiresAt === null ? "" : day(expiresAt),
          })}
        </span>
      </li>
    );
  }
  return (
    <li role="status">
      {state === "failed" ? (
        words("exportFailed")
      ) : (
        <label>
          {words("packing")} <progress value={done} max={Math.max(1, parts)} />
        </label>
      )}
    </li>
  );
}

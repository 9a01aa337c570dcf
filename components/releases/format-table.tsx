"use client";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useFormatter, useTranslations } from "next-intl";
import { Refused } from "#components/members/refused.tsx";
import { useMember } from "#components/members/use-member.ts";
import { useTRPC } from "#components/rpc/trpc.ts";
import type { ReleaseDetail, ReleaseFormat } from "#server/releases/contract.ts";
import { useReleaseRefusal } from "./use-release-refusal.ts";

/** How often a building is looked at. */
const LOOK_EVERY_MS = 1_500;

const ended = ({ state }: ReleaseFormat) => state === "done" || state === "failed";

/** A release's formats: how far each is, and how far its logits lie from the source's. */
export function FormatTable({ release }: { release: ReleaseDetail }) {
  const words = useTranslations("models");
  const { data } = useQuery({
    ...useTRPC().releases.family.queryOptions({ id: release.family, version: release.version }),
    refetchInterval: ({ state }) =>
      (state.data?.release?.formats ?? release.formats).every(ended) ? false : LOOK_EVERY_MS,
    enabled: !release.formats.every(ended),
  });
  const { formats, state } = data?.release ?? release;
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard. */}
      <section className="scroll" aria-label={words("files.formats")} tabIndex={0}>
        <table className="grid-table">
          <thead>
            <tr>
              <th scope="col">{words("files.format")}</th>
              <th scope="col">{words("files.state")}</th>
              <th scope="col" className="n">
                {words("files.maxDifference")}
              </th>
              <th scope="col" className="n">
                {words("files.meanDifference")}
              </th>
              <th scope="col" className="n">
                {words("files.agreement")}
              </th>
              <th scope="col" className="n">
                {words("files.divergence")}
              </th>
            </tr>
          </thead>
          <tbody>
            {formats.map((format) => (
              <Row key={format.name} format={format} id={release.id} draft={state === "draft"} />
            ))}
          </tbody>
        </table>
      </section>
      <p className="note">{words("files.how")}</p>
    </>
  );
}

function Row({ format, id, draft }: { format: ReleaseFormat; id: string; draft: boolean }) {
  const words = useTranslations("models");
  const { number } = useFormatter();
  const { name, state, stage, progress, message, figures } = format;
  const short = (value: number | undefined) =>
    value === undefined
      ? ""
      : number(value, {
          maximumSignificantDigits: 3,
          ...(value !== 0 && value < 0.001 ? { notation: "scientific" } : {}),
        });
  return (
    <tr>
      <th scope="row">{words(`format.${name}`)}</th>
      <td>
        {state === "building" ? (
          <label>
            {words(`stage.${stage ?? "write"}`)}{" "}
            <progress max={1} value={progress}>
              {number(progress, { style: "percent" })}
            </progress>
          </label>
        ) : (
          words(`formatState.${state}`)
        )}
        {message !== null && <p className="bad">{message}</p>}
        {state === "failed" && draft && <FormatTools id={id} format={name} />}
      </td>
      <td className="n">{short(figures?.maxDifference)}</td>
      <td className="n">{short(figures?.meanDifference)}</td>
      <td className="n">
        {figures === null
          ? ""
          : number(figures.agreement, { style: "percent", maximumFractionDigits: 1 })}
      </td>
      <td className="n">{short(figures?.divergence)}</td>
    </tr>
  );
}

function FormatTools({ id, format }: { id: string; format: ReleaseFormat["name"] }) {
  const words = useTranslations("models");
  const trpc = useTRPC();
  const refusal = useReleaseRefusal();
  const { can } = useMember();
  const retry = useMutation(trpc.releases.retryFormat.mutationOptions());
  const drop = useMutation(trpc.releases.dropFormat.mutationOptions());
  if (!can("engineer")) {
    return null;
  }
  return (
    <p className="actions">
      <button className="text-btn" type="button" onClick={() => retry.mutate({ id, format })}>
        {words("retry")}
      </button>
      <button className="text-btn" type="button" onClick={() => drop.mutate({ id, format })}>
        {words("drop")}
      </button>
      <Refused sentence={refusal(retry.error ?? drop.error)} />
    </p>
  );
}

"use client";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useFormatter, useTranslations } from "next-intl";
import { useState } from "react";
import { Link } from "#components/layout/navigation.ts";
import { Refused } from "#components/members/refused.tsx";
import { useMember } from "#components/members/use-member.ts";
import { useTRPC } from "#components/rpc/trpc.ts";
import { Icon } from "#components/ui/icon.tsx";
import type { LicenceTexts, MyAcceptances } from "#server/licences/contract.ts";
import type { ReleaseDetail } from "#server/releases/contract.ts";
import { useReleaseRefusal } from "./use-release-refusal.ts";

type GateProps = { release: ReleaseDetail; texts: LicenceTexts; mine: MyAcceptances };

/** What stands before the weights: both texts, and a member's word, given once. */
export function LicenceGate({ release, texts, mine }: GateProps) {
  const words = useTranslations("models");
  const { member } = useMember();
  const { data } = useQuery({
    ...useTRPC().licences.mine.queryOptions(),
    initialData: mine,
    staleTime: 60_000,
  });
  return (
    <section className="gate" id="gate">
      <h2>{words("gate.title")}</h2>
      {data.current === null ? (
        <>
          <p>{words("gate.about")}</p>
          <ul className="points">
            {(["use", "source", "publicity", "limits"] as const).map((point) => (
              <li key={point}>{words(`gate.point.${point}`)}</li>
            ))}
          </ul>
          <p>
            <Link href="/licence">{words("gate.wholeLicence")}</Link>
            {" · "}
            <Link href="/risks">{words("gate.wholeRisks")}</Link>
          </p>
          {member === null ? (
            <p>
              <Link className="btn main" href="/sign-in">
                {words("gate.signIn")}
              </Link>
            </p>
          ) : (
            <Accept release={release} texts={texts} />
          )}
        </>
      ) : (
        <Accepted acceptance={data.current} />
      )}
    </section>
  );
}

function Accepted({ acceptance }: { acceptance: NonNullable<MyAcceptances["current"]> }) {
  const words = useTranslations("models");
  const format = useFormatter();
  const { version, at, receipt } = acceptance;
  return (
    <>
      <p role="status">
        <Icon name="s-good" className="good" />{" "}
        {words("gate.accepted", {
          version,
          day: format.dateTime(at, { dateStyle: "medium", timeZone: "UTC" }),
        })}
      </p>
      <p>
        <a href={receipt} download>
          <Icon name="i-down" /> {words("gate.receipt")}
        </a>
      </p>
    </>
  );
}

function Accept({ release, texts }: Pick<GateProps, "release" | "texts">) {
  const words = useTranslations("models");
  const trpc = useTRPC();
  const client = useQueryClient();
  const refusal = useReleaseRefusal();
  const [said, setSaid] = useState({ licence: false, risks: false });
  const { version, licence, risks, locale } = texts;
  const accept = useMutation(
    trpc.licences.accept.mutationOptions({
      onSuccess: () => client.invalidateQueries(trpc.licences.mine.queryFilter()),
    }),
  );
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        accept.mutate({
          locale,
          licenceSha256: licence.sha256,
          risksSha256: risks.sha256,
          releaseId: release.id,
          readLicence: true,
          readRisks: true,
        });
      }}
    >
      <label className="check">
        <input
          type="checkbox"
          checked={said.licence}
          onChange={({ target }) => setSaid({ ...said, licence: target.checked })}
        />
        <span>{words("gate.readLicence", { version })}</span>
      </label>
      <label className="check">
        <input
          type="checkbox"
          checked={said.risks}
          onChange={({ target }) => setSaid({ ...said, risks: target.checked })}
        />
        <span>{words("gate.readRisks", { version })}</span>
      </label>
      <Refused sentence={refusal(accept.error)} />
      <button
        className="btn main block"
        type="submit"
        disabled={!said.licence || !said.risks || accept.isPending}
      >
        {words("gate.accept")}
      </button>
      <p className="quiet">
        {words("gate.recorded")} <code>{licence.sha256.slice(0, 8)}</code>,{" "}
        <code>{risks.sha256.slice(0, 8)}</code>
      </p>
    </form>
  );
}

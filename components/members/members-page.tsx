"use client";
import { useQuery } from "@tanstack/react-query";
import { useFormatter, useTranslations } from "next-intl";
import { useTRPC } from "#components/rpc/trpc.ts";
import { ScrollBox } from "#components/ui/scroll-box.tsx";
import type { Rules } from "#server/members/contract.ts";
import { LimitsTable } from "./limits-table.tsx";
import { MemberName } from "./member-name.tsx";

const NEEDS = ["days", "posts", "reactions", "people", "clean"] as const;

/** Who runs this place, how trust grows and goes, and every limit, all from the numbers that are enforced. */
export function MembersPage() {
  const words = useTranslations("profile");
  const { members } = useTRPC();
  const { data: team } = useQuery(members.profile.team.queryOptions());
  const { data: rules } = useQuery(members.profile.rules.queryOptions());
  return (
    <>
      <section className="sec wrap">
        <h2>{words("team")}</h2>
        <ul className="team">
          {team?.members.map((member) => (
            <li key={member.id}>
              <MemberName member={member} picture />
            </li>
          ))}
          {team?.members.length === 0 && <li className="quiet">{words("noTeam")}</li>}
        </ul>
      </section>
      <section className="sec wrap" id="trust">
        <h2>{words("trustTitle")}</h2>
        <div>
          <p className="read mb-4">{words("trustSay")}</p>
          <TrustTable rules={rules} />
        </div>
      </section>
      <section className="sec wrap" id="limits">
        <h2>{words("limits")}</h2>
        <div>
          <p className="read mb-4">{words("limitsSay")}</p>
          <LimitsTable limits={rules?.limits ?? []} />
        </div>
      </section>
    </>
  );
}

function TrustTable({ rules }: { rules: Rules | undefined }) {
  const words = useTranslations("profile");
  const format = useFormatter();
  return (
    <ScrollBox>
      <table className="grid-table">
        <thead>
          <tr>
            <th scope="col">{words("level")}</th>
            {NEEDS.map((need) => (
              <th key={need} scope="col" className="n">
                {words(`need.${need}`)}
              </th>
            ))}
            <th scope="col" className="n">
              {words("allowLinks")}
            </th>
            <th scope="col" className="n">
              {words("allowImages")}
            </th>
            <th scope="col" className="n">
              {words("holders")}
            </th>
          </tr>
        </thead>
        <tbody>
          {rules?.levels.map(({ level, needs, allows }) => (
            <tr key={level}>
              <th scope="row">{words(`levelOf.${level}`)}</th>
              {NEEDS.map((need) => (
                <td key={need} className="n">
                  {needs[need] === 0
                    ? "–"
                    : need === "days"
                      ? words("daysOf", { days: needs.days, window: needs.window })
                      : format.number(needs[need])}
                </td>
              ))}
              <td className="n">{allows.links}</td>
              <td className="n">{allows.images}</td>
              <td className="n">
                {format.number(rules.holders.find((each) => each.level === level)?.members ?? 0)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollBox>
  );
}

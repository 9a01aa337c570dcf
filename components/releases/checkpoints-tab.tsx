import { useFormatter, useTranslations } from "next-intl";
import { Link } from "#components/layout/navigation.ts";
import type { FamilyDetail } from "#server/releases/contract.ts";
import { familyHref } from "./family-tabs.ts";
import { StateMark } from "./state-mark.tsx";

/** Every release of a model with the checkpoint that it was made from, newest first. */
export function CheckpointsTab({ family }: { family: FamilyDetail }) {
  const words = useTranslations("models");
  const format = useFormatter();
  return (
    <section className="sec-in first">
      <h2>{words("tab.checkpoints")}</h2>
      <div>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard. */}
        <section className="scroll" aria-label={words("tab.checkpoints")} tabIndex={0}>
          <table className="grid-table">
            <thead>
              <tr>
                <th scope="col">{words("release")}</th>
                <th scope="col">{words("files.state")}</th>
                <th scope="col">{words("run")}</th>
                <th scope="col" className="n">
                  {words("stepHead")}
                </th>
                <th scope="col">{words("day")}</th>
              </tr>
            </thead>
            <tbody>
              {family.releases.map((one) => (
                <tr key={one.id}>
                  <th scope="row">
                    <Link href={familyHref({ family: family.id, version: one.version })}>
                      {one.version}
                    </Link>
                  </th>
                  <td>
                    <StateMark state={one.state} />
                  </td>
                  <td>
                    <Link href={`/runs/${one.runId}#checkpoints`}>{one.runName}</Link>
                  </td>
                  <td className="n">{format.number(one.step)}</td>
                  <td>
                    {format.dateTime(one.publishedAt ?? one.createdAt, {
                      dateStyle: "medium",
                      timeZone: "UTC",
                    })}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
        <p className="note">{words("checkpointsNote")}</p>
      </div>
    </section>
  );
}

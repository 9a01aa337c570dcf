import { useTranslations } from "next-intl";
import type { LimitRow } from "#server/members/contract.ts";

const HOUR = 3_600;
const DAY = 86_400;

/** Every limit: what, how often, in what time. */
export function LimitsTable({ limits }: { limits: LimitRow[] }) {
  const words = useTranslations("profile");
  return (
    <div className="scroll">
      <table className="grid-table">
        <thead>
          <tr>
            <th scope="col">{words("action")}</th>
            <th scope="col" className="n">
              {words("uses")}
            </th>
            <th scope="col">{words("per")}</th>
            <th scope="col">{words("countedBy")}</th>
          </tr>
        </thead>
        <tbody>
          {limits.map(({ action, counts, seconds, by }) => (
            <tr key={action}>
              <th scope="row">{words(`actionOf.${action.replace(".", "-")}`)}</th>
              <td className="n">{counts.join(" / ")}</td>
              <td>{span(words, seconds)}</td>
              <td>{words(`by.${by}`)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function span(words: ReturnType<typeof useTranslations<"profile">>, seconds: number): string {
  if (seconds % DAY === 0) {
    return words("perDays", { count: seconds / DAY });
  }
  return seconds % HOUR === 0
    ? words("perHours", { count: seconds / HOUR })
    : words("perMinutes", { count: seconds / 60 });
}

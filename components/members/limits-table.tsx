import { useTranslations } from "next-intl";
import { ScrollBox } from "#components/ui/scroll-box.tsx";
import type { LimitRow } from "#server/members/contract.ts";

const HOUR = 3_600;
const DAY = 86_400;

/** Every limit: what, how often, in what time. */
export function LimitsTable({ limits }: { limits: LimitRow[] }) {
  const words = useTranslations("profile");
  return (
    <ScrollBox>
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
              <th scope="row">{nameAction(words, action)}</th>
              <td className="n">{counts.join(" / ")}</td>
              <td>{span(words, seconds)}</td>
              <td>{words(`by.${by}`)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollBox>
  );
}

type Words = ReturnType<typeof useTranslations<"profile">>;

/** Its words; a test sees to it that there are some, and until then the page is whole. */
function nameAction(words: Words, action: string): string {
  const name = `actionOf.${action.replace(".", "-")}`;
  return words.has(name) ? words(name) : action;
}

function span(words: Words, seconds: number): string {
  if (seconds % DAY === 0) {
    return words("perDays", { count: seconds / DAY });
  }
  if (seconds % HOUR === 0) {
    return words("perHours", { count: seconds / HOUR });
  }
  return seconds % 60 === 0
    ? words("perMinutes", { count: seconds / 60 })
    : words("perSeconds", { count: seconds });
}

import { useFormatter, useTranslations } from "next-intl";
import type { InitiativeDetail, State } from "#server/initiatives/contract.ts";

const WAY: readonly State[] = [
  "open",
  "triage",
  "feasible",
  "assigned",
  "final-comment",
  "approved",
  "trial",
  "provisional",
  "stable",
  "released",
];

/** Which state a decision led to, where it lies on the straight way. */
const LEADS_TO: Record<string, State> = {
  publish: "open",
  revise: "open",
  resume: "open",
  "take-up": "triage",
  "find-feasible": "feasible",
  unassign: "feasible",
  assign: "assigned",
  "open-comment": "final-comment",
  approve: "approved",
  "start-trial": "trial",
  keep: "provisional",
  settle: "stable",
  release: "released",
};

/** The straight way from open to released; a side exit stands after the last station that was reached. */
export function LifeLine({ initiative }: { initiative: InitiativeDetail }) {
  const words = useTranslations("initiatives");
  const format = useFormatter();
  const { state, history } = initiative;
  const reached = new Map<State, number>();
  for (const { kind, at } of [...history].reverse()) {
    const to = LEADS_TO[kind.replace("initiative.", "")];
    if (to !== undefined) {
      reached.set(to, at);
    }
  }
  const place = WAY.indexOf(state);
  const last =
    place >= 0 ? place : Math.max(0, ...[...reached.keys()].map((one) => WAY.indexOf(one)));
  const stations = place >= 0 ? WAY : [...WAY.slice(0, last + 1), state];
  return (
    <ol className="life">
      {stations.map((station, index) => {
        const at = reached.get(station);
        const now = station === state;
        return (
          <li
            key={station}
            className={now ? "now" : index < last || at !== undefined ? "done" : undefined}
            aria-current={now ? "step" : undefined}
          >
            <b>{words(`state.${station}`)}</b>
            {at !== undefined && index <= last && (
              <span>{format.dateTime(at, { day: "numeric", month: "short" })}</span>
            )}
          </li>
        );
      })}
    </ol>
  );
}

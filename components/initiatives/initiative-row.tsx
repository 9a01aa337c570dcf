import { useFormatter, useTranslations } from "next-intl";
import { Link } from "#components/layout/navigation.ts";
import type { InitiativeItem } from "#server/initiatives/contract.ts";
import { StateMark } from "./state-mark.tsx";
import { VoteButton } from "./vote-button.tsx";

type RowProps = { initiative: InitiativeItem; now: number };

const VOTABLE = ["open", "triage", "needs-work", "feasible", "assigned", "final-comment"];

export function InitiativeRow({ initiative, now }: RowProps) {
  const words = useTranslations("initiatives");
  const format = useFormatter();
  const { id, title, category, state, cast, eligible, voted, commentEndsAt } = initiative;
  const over = commentEndsAt !== null && commentEndsAt <= now;
  const until = state === "final-comment" ? commentEndsAt : initiative.triageDueAt;
  const facts = [
    initiative.gpuHours === null ? null : words("gpuHours", { hours: initiative.gpuHours }),
    words("cast", { count: cast }),
    initiative.openConcerns > 0 ? words("openConcerns", { count: initiative.openConcerns }) : null,
    initiative.assignee === null ? null : words("carriedBy", { name: initiative.assignee }),
    voted ? words("youVoted") : null,
  ];
  return (
    <li>
      <VoteButton
        {...{ id, voted, eligible }}
        votable={VOTABLE.includes(state) && !(state === "final-comment" && over)}
      />
      <div>
        <p className="eyebrow">
          {id} · {words(`category.${category}`)} <StateMark state={state} />
          {until !== null && <> · {words("due", { when: format.relativeTime(until, now) })}</>}
        </p>
        <Link href={`/initiatives/${id}`}>{title}</Link>
        <p>{facts.filter((fact) => fact !== null).join(" · ")}</p>
      </div>
    </li>
  );
}

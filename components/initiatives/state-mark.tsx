import { useTranslations } from "next-intl";
import { Icon, type IconName } from "#components/ui/icon.tsx";
import type { State } from "#server/initiatives/contract.ts";

const LOOKS: Record<State, readonly [IconName, string]> = {
  draft: ["s-open", ""],
  open: ["s-open", ""],
  triage: ["s-half", ""],
  "needs-work": ["s-bad", "bad"],
  feasible: ["s-good", "good"],
  assigned: ["s-half", ""],
  "final-comment": ["s-half", ""],
  approved: ["s-good", "good"],
  trial: ["s-half", ""],
  provisional: ["s-half", "warn"],
  stable: ["s-good", "good"],
  released: ["s-good", "good"],
  infeasible: ["s-bad", "bad"],
  declined: ["s-bad", "bad"],
  "rolled-back": ["s-bad", "bad"],
  withdrawn: ["s-open", ""],
  duplicate: ["s-open", ""],
  superseded: ["s-open", ""],
  deferred: ["s-paused", ""],
};

/** A state as shape, word and colour. */
export function StateMark({ state }: { state: State }) {
  const words = useTranslations("initiatives.state");
  const [icon, look] = LOOKS[state];
  return (
    <span className={`state ${look}`.trim()}>
      <Icon name={icon} />
      {words(state)}
    </span>
  );
}

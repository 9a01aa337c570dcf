import { useTranslations } from "next-intl";
import { Icon, type IconName } from "#components/ui/icon.tsx";
import type { ReleaseState } from "#server/releases/contract.ts";

const LOOK: Record<ReleaseState, { icon: IconName; tone: string }> = {
  draft: { icon: "s-open", tone: "idle" },
  published: { icon: "s-good", tone: "good" },
  superseded: { icon: "s-finished", tone: "idle" },
  yanked: { icon: "s-bad", tone: "bad" },
  rejected: { icon: "s-bad", tone: "idle" },
};

/** A release's state: shape, word and colour. */
export function StateMark({ state }: { state: ReleaseState }) {
  const words = useTranslations("models");
  const { icon, tone } = LOOK[state];
  return (
    <span className={`state ${tone}`}>
      <Icon name={icon} /> {words(`state.${state}`)}
    </span>
  );
}

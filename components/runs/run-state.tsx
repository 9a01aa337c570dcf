import { useTranslations } from "next-intl";
import { Icon } from "#components/ui/icon.tsx";
import type { RunStatus } from "#server/runs/contract.ts";
import { STATUS_LOOK } from "./run-words.ts";
import { useFormats } from "./use-formats.ts";

type RunStateProps = { status: RunStatus; silentMs?: number | undefined };

/** A run's status by shape, word and colour; how long it has been silent where that is the news. */
export function RunState({ status, silentMs }: RunStateProps) {
  const words = useTranslations("status");
  const formats = useFormats();
  const { icon, tone } = STATUS_LOOK[status];
  const timed = silentMs !== undefined && (status === "stalled" || status === "quiet");
  return (
    <span className={`state ${tone}`}>
      <Icon name={icon} />
      {timed ? words(`${status}For`, { age: formats.age(silentMs) }) : words(status)}
    </span>
  );
}

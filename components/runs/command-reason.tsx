import { useTranslations } from "next-intl";
import { AcknowledgedCommand } from "#server/run-log/contract.ts";
import type { RunEvent } from "#server/runs/contract.ts";

/** Who asked for what an event answers, and why. */
export function CommandReason({ event: { data } }: { event: RunEvent }) {
  const words = useTranslations("control");
  const read = AcknowledgedCommand.safeParse(data?.["command"]);
  if (!read.success) {
    return null;
  }
  const { kind, reason, by } = read.data;
  return (
    <p className="quiet">
      {words("because", { command: words(`kinds.${kind}`), reason, by: by ?? words("byToken") })}
    </p>
  );
}

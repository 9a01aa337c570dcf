import { useTranslations } from "next-intl";
import type { CommandKind } from "#server/run-log/contract.ts";
import type { RunEvent } from "#server/runs/contract.ts";
import { KNOWN_KINDS } from "./known-kinds.ts";

/** Who asked for what an event answers, and why. */
export function CommandReason({ event: { data } }: { event: RunEvent }) {
  const words = useTranslations("control");
  const command = readCommand(data?.["command"]);
  if (command === null) {
    return null;
  }
  const { kind, reason, by } = command;
  return (
    <p className="quiet">
      {words("because", { command: words(`kinds.${kind}`), reason, by: by ?? words("byToken") })}
    </p>
  );
}

type Answered = { kind: CommandKind; reason: string; by: string | null };

/** Trainers of others may have put anything there. */
function readCommand(value: unknown): Answered | null {
  const { kind, reason, by } = (value ?? {}) as Record<string, unknown>;
  const known = KNOWN_KINDS.commands.find((one) => one === kind);
  return known !== undefined &&
    typeof reason === "string" &&
    (by === null || typeof by === "string")
    ? { kind: known, reason, by }
    : null;
}

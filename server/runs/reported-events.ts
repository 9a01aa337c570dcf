import { newId } from "../platform/ids.ts";
import type { MemberMark } from "../run-log/name-members.ts";
import type { CheckedBatch } from "./check-batch.ts";
import type { ReportedEvent, RunEvent } from "./contract.ts";
import type { NamedCommand } from "./pending-commands.ts";

type Reported = { events: RunEvent[]; warnings: string[] };

/**
 * The trainer's events as they are kept. One that acknowledges a command says which, by whom and why, whatever the
 * trainer wrote of it; an identifier that is no command of this run acknowledges nothing, and the trainer is told so.
 */
export function reportedEvents(
  batch: CheckedBatch,
  { now, commands }: { now: number; commands: NamedCommand[] },
): Reported {
  const known = new Map(commands.map((command) => [command.id, command]));
  const warnings: string[] = [];
  const events = batch.events.map((event): RunEvent => {
    const { kind, step, time, message, commandId } = event;
    if (commandId !== undefined && !known.has(commandId)) {
      warnings.push(
        `${commandId} is no command of this run: the event "${kind}" at step ${step} is kept and acknowledges nothing.`,
      );
    }
    const data = dataOf(event, known);
    const at = { step, time: time ?? now };
    return {
      id: newId("evt"),
      attempt: batch.attempt,
      kind,
      ...at,
      message,
      source: "trainer",
      data,
    };
  });
  return { events, warnings };
}

/** `commandId` and `command` are the portal's words alone. */
function dataOf(
  { data, commandId }: ReportedEvent,
  known: Map<string, NamedCommand>,
): RunEvent["data"] {
  const { command: _command, commandId: _commandId, ...own } = data ?? {};
  const named = commandId === undefined ? undefined : known.get(commandId);
  if (named === undefined) {
    return data === undefined ? null : own;
  }
  const { id, kind, reason, payload, memberId } = named;
  const by: MemberMark | null = memberId === null ? null : { memberId };
  return { ...own, commandId: id, command: { kind, reason, payload, by } };
}

import { useTranslations } from "next-intl";
import { Icon } from "#components/ui/icon.tsx";
import type { CommandList } from "#server/run-log/contract.ts";
import { useFormats } from "./use-formats.ts";

type Command = CommandList["commands"][number];

type CommandsTableProps = { commands: readonly Command[]; ended: boolean };

/** Each command with its reason, who sent it, and what the trainer said to it. */
export function CommandsTable({ commands, ended }: CommandsTableProps) {
  const words = useTranslations("control");
  const formats = useFormats();
  return (
    <table className="grid-table stacking">
      <caption className="sr">{words("caption")}</caption>
      <thead>
        <tr>
          <th scope="col">{words("command")}</th>
          <th scope="col">{words("reason")}</th>
          <th scope="col">{words("sent")}</th>
          <th scope="col">{words("answer")}</th>
        </tr>
      </thead>
      <tbody>
        {commands.map((command) => (
          <tr key={command.id}>
            <th scope="row">
              {words(`kinds.${command.kind}`)} <Payload command={command} />
            </th>
            <td className="says">{command.reason}</td>
            <td>
              {command.by ?? words("byToken")}
              <br />
              <span className="quiet nowrap">{formats.clock(command.createdAt)}</span>
            </td>
            <td>
              <Answer command={command} ended={ended} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Payload({ command: { payload } }: { command: Command }) {
  const formats = useFormats();
  if (payload === null) {
    return null;
  }
  const parts = Object.entries(payload).map(([name, value]) =>
    name === "checkpoint"
      ? formats.step(Number(value))
      : typeof value === "object" && value !== null
        ? Object.entries(value)
            .map(([source, weight]) => `${source} ${String(weight)}`)
            .join(", ")
        : `× ${String(value)}`,
  );
  return <small>{parts.join(", ")}</small>;
}

/** Pending until the trainer says so: a command is not done because it was sent. */
function Answer({ command: { answer }, ended }: { command: Command; ended: boolean }) {
  const words = useTranslations("control");
  if (answer === null) {
    return (
      <span className="state idle">
        <Icon name="s-half" />
        {words(ended ? "unanswered" : "pending")}
      </span>
    );
  }
  return (
    <span className={answer.refused ? "state bad" : "state good"}>
      <Icon name={answer.refused ? "s-bad" : "s-good"} />
      <a href={`#${answer.eventId}`}>{answer.message}</a>
    </span>
  );
}

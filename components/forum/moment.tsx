import { useFormatter } from "next-intl";

/** A moment as everybody reads it alike: in UTC. */
export function Moment({ at, time = true }: { at: number; time?: boolean }) {
  const format = useFormatter();
  const date = new Date(at);
  return (
    <time dateTime={date.toISOString()} title={`${date.toISOString().slice(0, 16)}Z`}>
      {format.dateTime(date, {
        dateStyle: "medium",
        ...(time ? { timeStyle: "short" } : {}),
      })}
    </time>
  );
}

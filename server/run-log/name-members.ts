// In the rows of events members stand by their identifiers, as {memberId}: who is renamed or deleted is so at once
// everywhere. Whatever goes out has their names in these places.
import type { Sql } from "../platform/pool.ts";
import type { RunEvent } from "../runs/contract.ts";

/** How a stored event's data refers to a member. */
export type MemberMark = { memberId: string };

/** The names of members by their identifiers. */
type Lookup = (ids: string[]) => Promise<Map<string, string>>;

/** Looks names up in the database. */
export const memberNames =
  (sql: Sql): Lookup =>
  async (ids) => {
    const { rows } = await sql.query<{ id: string; name: string }>({
      name: "member-names",
      text: `select id, name from "Member" where id = any($1)`,
      values: [ids],
    });
    return new Map(rows.map(({ id, name }) => [id, name]));
  };

/** The events with names in the places of members: `author` and `command.by` of their data. */
export async function nameMembers(events: RunEvent[], lookup: Lookup): Promise<RunEvent[]> {
  const ids = new Set<string>();
  for (const event of events) {
    for (const id of [authorOf(event), markIn(commandOf(event.data), "by")]) {
      if (id !== null) {
        ids.add(id);
      }
    }
  }
  if (ids.size === 0) {
    return events;
  }
  const names = await lookup([...ids]);
  return events.map((event) => ({ ...event, data: named(event, names) }));
}

type Data = RunEvent["data"];

function named(event: RunEvent, names: Map<string, string>): Data {
  const { data } = event;
  if (data === null) {
    return null;
  }
  const author = authorOf(event);
  const command = commandOf(data);
  const by = markIn(command, "by");
  return {
    ...data,
    ...(author === null ? {} : { author: names.get(author) ?? null }),
    ...(by === null ? {} : { command: { ...command, by: names.get(by) ?? null } }),
  };
}

/** What a trainer calls an author is left alone. */
function authorOf({ source, data }: RunEvent): string | null {
  return source === "engineer" ? markIn(data, "author") : null;
}

function commandOf(data: Data): Data {
  const command = data?.["command"];
  return typeof command === "object" && command !== null ? (command as Data) : null;
}

function markIn(data: Data, place: string): string | null {
  const mark = data?.[place];
  return typeof mark === "object" && mark !== null && "memberId" in mark
    ? String(mark.memberId)
    : null;
}

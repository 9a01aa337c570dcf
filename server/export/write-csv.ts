import type { ExportTable } from "./export-table.ts";

/** RFC 4180 with a header; times are ISO 8601 in UTC. NaN and Infinity keep their names, a missing value is empty. */
export async function* writeCsv({ keys, startMs, rows }: ExportTable): AsyncGenerator<Buffer> {
  yield Buffer.from(
    `${["attempt", "step", "time", "relative_ms", ...keys].map(cell).join(",")}\r\n`,
  );
  for await (const { attempt, steps, times, columns } of rows) {
    let text = "";
    for (const [row, step] of steps.entries()) {
      const time = times[row] ?? 0;
      text += `${attempt},${step},${new Date(time).toISOString()},${time - startMs}`;
      for (const column of columns) {
        text += `,${column[row] ?? ""}`;
      }
      text += "\r\n";
    }
    yield Buffer.from(text);
  }
}

/** A metric's name has no comma or quote today; a file must not break when that changes. */
function cell(name: string): string {
  return /[",\r\n]/.test(name) ? `"${name.replaceAll('"', '""')}"` : name;
}

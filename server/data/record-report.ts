import { createHash } from "node:crypto";
import { newId } from "../platform/ids.ts";
import { type Pool, type Sql, transaction } from "../platform/pool.ts";
import type { SendDataReport, SourceReport, StoredDataReport } from "./contract.ts";

type Input = { report: SendDataReport; now: number; origin: string };

const CREATE = `
  insert into "DataReport"
    (id, "projectId", hash, recipe, "builtAt", "createdAt", documents, kept, bytes, tokens)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
  on conflict ("projectId", hash) do nothing`;
const CREATE_SOURCE = `
  insert into "DataSource"
    ("reportId", position, name, source, lang, licence, documents, kept, duplicates, bytes, tokens,
     dropped, pii, cues, "meanPerplexity")
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)`;

/** Keeps a report once: the same content again, however often and from however many senders, is answered with the first. */
export async function recordReport(pool: Pool, input: Input): Promise<StoredDataReport> {
  const { report, now, origin } = input;
  const hash = hashOf(report);
  const url = `${origin}/data?recipe=${encodeURIComponent(report.recipe)}`;
  return await transaction(pool, async (sql) => {
    const id = newId("data");
    await sql.query(`insert into "Project" (id) values ($1) on conflict do nothing`, [
      report.project,
    ]);
    const { rowCount } = await sql.query(CREATE, [
      id,
      report.project,
      hash,
      report.recipe,
      new Date(report.builtAt),
      new Date(now),
      sum(report, "documents"),
      sum(report, "kept"),
      sum(report, "bytes"),
      sum(report, "tokens"),
    ]);
    if (rowCount === 0) {
      return { id: await findReport(sql, report.project, hash), stored: false, url };
    }
    for (const [position, source] of report.sources.entries()) {
      await sql.query(CREATE_SOURCE, [id, position, ...valuesOf(source)]);
    }
    return { id, stored: true, url };
  });
}

async function findReport(sql: Sql, project: string, hash: string): Promise<string> {
  const { rows } = await sql.query<{ id: string }>(
    `select id from "DataReport" where "projectId" = $1 and hash = $2`,
    [project, hash],
  );
  return rows[0]?.id ?? "";
}

function sum(report: SendDataReport, name: "documents" | "kept" | "bytes" | "tokens"): number {
  return report.sources.reduce((total, source) => total + source[name], 0);
}

function valuesOf(source: SourceReport): unknown[] {
  return [
    source.name,
    source.source,
    source.lang,
    source.licence,
    source.documents,
    source.kept,
    source.duplicates,
    source.bytes,
    source.tokens,
    source.dropped,
    source.pii,
    source.cues,
    source.meanPerplexity,
  ];
}

/** Of the content, whatever the order in which its counts were written. */
function hashOf(report: SendDataReport): string {
  const sorted = JSON.stringify(report, (_, value: unknown) =>
    typeof value === "object" && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  );
  return createHash("sha256").update(sorted).digest("hex");
}

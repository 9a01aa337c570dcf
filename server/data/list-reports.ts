import type { Db, Prisma } from "../platform/db.ts";
import { AppError } from "../platform/errors.ts";
import { type AskSources, DataReport, type DataReportList, type DataSources } from "./contract.ts";

const DEFAULT_LIMIT = 20;
const NEWEST = [
  { builtAt: "desc" },
  { id: "desc" },
] satisfies Prisma.DataReportOrderByWithRelationInput[];
const WITH_SOURCES = {
  sources: { orderBy: { position: "asc" } },
} satisfies Prisma.DataReportInclude;
type Row = Prisma.DataReportGetPayload<{ include: typeof WITH_SOURCES }>;

type List = {
  recipe?: string | undefined;
  limit?: number | undefined;
  next?: string | undefined;
};

/** Reports, newest first. Throws `not_found` when `next` names none. */
export async function listReports(db: Db, { recipe, limit, next }: List): Promise<DataReportList> {
  const take = limit ?? DEFAULT_LIMIT;
  if (next !== undefined && (await db.dataReport.count({ where: { id: next } })) === 0) {
    throw new AppError("not_found", "`next` names no report. Ask without it to begin anew.");
  }
  const rows = await db.dataReport.findMany({
    where: recipe === undefined ? {} : { recipe },
    orderBy: NEWEST,
    take: take + 1,
    include: WITH_SOURCES,
    ...(next === undefined ? {} : { cursor: { id: next }, skip: 1 }),
  });
  const shown = rows.slice(0, take);
  return {
    reports: shown.map(toReport),
    next: rows.length > take ? (shown.at(-1)?.id ?? null) : null,
  };
}

/** The newest report, and the recipes that there are. */
export async function readSources(db: Db, { recipe }: AskSources): Promise<DataSources> {
  const { reports } = await listReports(db, { recipe, limit: 1 });
  const known = await db.dataReport.groupBy({
    by: ["recipe"],
    _max: { builtAt: true },
    orderBy: { _max: { builtAt: "desc" } },
  });
  return { report: reports[0] ?? null, recipes: known.map((row) => row.recipe) };
}

/** BigInts become numbers: the contract keeps every count below 2⁵³. */
function toReport(row: Row): DataReport {
  return DataReport.parse({
    ...numbers(row),
    project: row.projectId,
    builtAt: row.builtAt.getTime(),
    sentAt: row.createdAt.getTime(),
    sources: row.sources.map(numbers),
  });
}

function numbers(row: object): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(row).map(([name, value]) => [
      name,
      typeof value === "bigint" ? Number(value) : value,
    ]),
  );
}

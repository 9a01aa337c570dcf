import type { Db } from "../platform/db.ts";
import type { AskSources, DataGrowth } from "./contract.ts";

const MOST_POINTS = 1_000;
const MOST_STAGES = 50;

/** How the corpus of a recipe grew, oldest report first; without a recipe, of the one that reported last. */
export async function readGrowth(db: Db, { recipe }: AskSources): Promise<DataGrowth> {
  const newest = await db.dataReport.findFirst({
    where: recipe === undefined ? {} : { recipe },
    orderBy: { builtAt: "desc" },
  });
  if (newest === null) {
    return { points: [], stages: [] };
  }
  const rows = await db.dataReport.findMany({
    where: { projectId: newest.projectId, recipe: newest.recipe },
    orderBy: { builtAt: "desc" },
    take: MOST_POINTS,
    include: { _count: { select: { sources: true } } },
  });
  const points = rows.reverse().map((row) => ({
    at: row.builtAt.getTime(),
    documents: Number(row.documents),
    kept: Number(row.kept),
    bytes: Number(row.bytes),
    tokens: Number(row.tokens),
    sources: row._count.sources,
  }));
  return {
    points,
    stages: await readStages(db, newest.projectId, new Date(points[0]?.at ?? 0)),
  };
}

/** Where runs of the project entered a stage, from the first report on. */
async function readStages(db: Db, projectId: string, from: Date): Promise<DataGrowth["stages"]> {
  const events = await db.runEvent.findMany({
    where: { kind: "stage", run: { projectId }, time: { gte: from } },
    orderBy: { time: "desc" },
    take: MOST_STAGES,
  });
  return events.reverse().map(({ time, runId, step, message, data }) => {
    const name = typeof data === "object" && data !== null && "name" in data ? data["name"] : null;
    return {
      at: time.getTime(),
      runId,
      step: Number(step),
      name: typeof name === "string" ? name : message,
    };
  });
}

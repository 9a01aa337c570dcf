import { AppError } from "../platform/errors.ts";
import { newId } from "../platform/ids.ts";
import { type Pool, type Sql, transaction } from "../platform/pool.ts";
import { boundedJson } from "./bounded-json.ts";
import { LIMITS, type StartedRun, type StartRun } from "./contract.ts";

type Input = {
  run: StartRun;
  now: number;
  /** Where visitors reach the portal, for the run's address. */
  origin: string;
  /** Set for a caller that may resume this run and open no other. */
  onlyRun?: string | null;
};

const CREATE = `
  insert into "Run" (id, "projectId", name, key, config, planned, "createdAt", "updatedAt")
  values ($1, $2, $3, $4, $5, $6, $7, $7) on conflict do nothing`;

/** Opens a run, or resumes the project's run of the same key; its name, plan and (given) config become the new ones. */
export async function startRun(pool: Pool, input: Input): Promise<StartedRun> {
  const { run, now, origin } = input;
  const values = [
    run.name,
    boundedJson(run.config, { what: "config", limitBytes: LIMITS.configBytes }),
    JSON.stringify(run.planned),
  ];
  return await transaction(pool, async (sql) => {
    const resumed = await resume(sql, input, values);
    if (resumed !== null) {
      return { ...resumed, resumed: true, url: addressOf(origin, resumed.id) };
    }
    refuseNewRun(input);
    const id = newId("run");
    await sql.query(`insert into "Project" (id) values ($1) on conflict do nothing`, [run.project]);
    const [name, config, planned] = values;
    const { rowCount } = await sql.query(CREATE, [
      id,
      run.project,
      name,
      run.key ?? null,
      config,
      planned,
      new Date(now),
    ]);
    if (rowCount === 1) {
      return { id, resumed: false, attempt: 0, lastBatch: 0, url: addressOf(origin, id) };
    }
    // Another request with the same key came first, between our look and our insert.
    const other = await resume(sql, input, values);
    if (other === null) {
      throw new AppError("conflict", "The run could not be opened just now. Ask again.");
    }
    return { ...other, resumed: true, url: addressOf(origin, other.id) };
  });
}

type Standing = { id: string; attempt: number; lastBatch: number };

const RESUME = `
  update "Run" set name = $3, planned = $5::jsonb,
    config = case when $4::jsonb = '{}'::jsonb then config else $4::jsonb end
  where "projectId" = $1 and key = $2 and not archived
    and ($6::text is null or id = $6) returning id, attempt`;
const LAST_BATCH = `select "lastBatch" from "Attempt" where "runId" = $1 and number = $2`;

async function resume(
  sql: Sql,
  { run, onlyRun }: Input,
  values: string[],
): Promise<Standing | null> {
  if (run.key === undefined) {
    return null;
  }
  const { rows } = await sql.query<{ id: string; attempt: number }>(RESUME, [
    run.project,
    run.key,
    ...values,
    onlyRun ?? null,
  ]);
  const found = rows[0];
  if (found === undefined) {
    return null;
  }
  const attempts = await sql.query<{ lastBatch: number }>(LAST_BATCH, [found.id, found.attempt]);
  return { ...found, lastBatch: attempts.rows[0]?.lastBatch ?? 0 };
}

function refuseNewRun({ onlyRun }: Input): void {
  if (onlyRun !== undefined && onlyRun !== null) {
    throw new AppError(
      "forbidden",
      `This token is bound to run ${onlyRun} and opens no other. Send that run's project and key, or use another token.`,
    );
  }
}

function addressOf(origin: string, id: string): string {
  return `${origin}/runs/${id}`;
}

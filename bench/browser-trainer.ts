import { createToken } from "#server/auth/create-token.ts";
import { createDb } from "#server/platform/db.ts";
import type { Pool } from "#server/platform/pool.ts";
import { KEYS, runId, STEPS, valueAt } from "./browser-data.ts";

export type Talk = {
  /** Messages that the portal has acknowledged. */
  said(): number;
  stop(): Promise<void>;
};
export type BenchTrainer = {
  token: string;
  /** One message of one step with a value for each metric. */
  say(): Promise<void>;
  /** Goes on saying, `perSecond` at most: never faster to make up for a slow machine. */
  talk(perSecond: number): Talk;
};

/** Reports to the first bench run as a trainer does, through the reporting API. */
export async function startBenchTrainer(database: {
  url: string;
  pool: Pool;
  port: number;
}): Promise<BenchTrainer> {
  const db = createDb(database.url);
  const { secret } = await createToken(db, { scope: "ingest", label: "browser bench" });
  await db.$disconnect();
  const { rows } = await database.pool.query<{ step: number; batch: number }>(
    `select greatest(r.step, $2)::int as step, a."lastBatch" as batch from "Run" r
     join "Attempt" a on a."runId" = r.id and a.number = 1 where r.id = $1`,
    [runId(0), STEPS],
  );
  let { step, batch } = rows[0] ?? { step: STEPS, batch: 0 };
  const say = async () => {
    step += 1;
    batch += 1;
    const series = Object.fromEntries(KEYS.map((key) => [key, [valueAt(key, step, Math.random)]]));
    const answer = await fetch(`http://127.0.0.1:${database.port}/api/v1/runs/${runId(0)}/log`, {
      method: "POST",
      headers: { authorization: `Bearer ${secret}`, "content-type": "application/json" },
      body: JSON.stringify({ attempt: 1, batch, steps: [step], times: [Date.now()], series }),
    });
    if (!answer.ok) {
      throw new Error(`The portal refused a batch: ${answer.status} ${await answer.text()}`);
    }
    await answer.arrayBuffer();
  };
  return { token: secret, say, talk: (perSecond) => startTalk(say, perSecond) };
}

function startTalk(say: () => Promise<void>, perSecond: number): Talk {
  let said = 0;
  let going = true;
  const talking = (async () => {
    let due = performance.now();
    while (going) {
      await say();
      said += 1;
      due = Math.max(due + 1_000 / perSecond, performance.now() - 100);
      await new Promise((done) => setTimeout(done, Math.max(0, due - performance.now())));
    }
  })();
  talking.catch(() => undefined); // Told by stop().
  return {
    said: () => said,
    stop: async () => {
      going = false;
      await talking;
    },
  };
}

import { unpackForWire } from "../metrics/packed-batch.ts";
import type { Pool } from "../platform/pool.ts";
import { memberNames, nameMembers } from "../run-log/name-members.ts";
import type { LiveFrame } from "../runs/contract.ts";

/** One message, encoded as it goes to every browser. */
export type Frame = { seq: number; bytes: Buffer };

type MessageRow = {
  seq: number;
  attempt: number;
  payload: Uint8Array | null;
  events: LiveFrame["events"] | null;
  lines: string[];
};

const COLUMNS = `seq, attempt, payload, events, lines`;

/** The run's newest message number, or null when there is no such run. */
export async function readSeq(pool: Pool, runId: string): Promise<number | null> {
  const { rows } = await pool.query<{ seq: number }>({
    name: "live-seq",
    text: `select seq from "Run" where id = $1`,
    values: [runId],
  });
  return rows[0]?.seq ?? null;
}

/** At most `limit` messages with a number above `after`, oldest first. */
export async function readAfter(
  pool: Pool,
  { runId, after, limit }: { runId: string; after: number; limit: number },
): Promise<Frame[]> {
  const { rows } = await pool.query<MessageRow>({
    name: "live-after",
    text: `select ${COLUMNS} from "RunMessage" where "runId" = $1 and seq > $2 order by seq limit $3`,
    values: [runId, after, limit],
  });
  return await encodeAll(pool, rows);
}

/** The newest `limit` messages, oldest first. */
export async function readNewest(
  pool: Pool,
  { runId, limit }: { runId: string; limit: number },
): Promise<Frame[]> {
  const { rows } = await pool.query<MessageRow>({
    name: "live-newest",
    text: `select ${COLUMNS} from "RunMessage" where "runId" = $1 order by seq desc limit $2`,
    values: [runId, limit],
  });
  return await encodeAll(pool, rows.reverse());
}

async function encodeAll(pool: Pool, rows: MessageRow[]): Promise<Frame[]> {
  const frames: Frame[] = [];
  for (const row of rows) {
    const events = await nameMembers(row.events ?? [], memberNames(pool));
    frames.push(encode({ ...row, events }));
  }
  return frames;
}

/** JSON holds no raw line break, so one `data:` line carries the whole frame. */
function encode({ seq, attempt, payload, events, lines }: MessageRow): Frame {
  const numbers = payload === null ? { steps: [], times: [], series: {} } : unpackForWire(payload);
  const frame: LiveFrame = { seq, attempt, ...numbers, events: events ?? [], lines };
  return { seq, bytes: Buffer.from(`id: ${seq}\nevent: log\ndata: ${JSON.stringify(frame)}\n\n`) };
}

import { z } from "zod";
import { sendBody } from "../http/send-body.ts";
import { drawRun } from "../picture/draw-run.ts";
import type { RunDetail } from "../runs/contract.ts";
import { readRun } from "../runs/read-run.ts";
import { bytesRoute, type Route, type Services } from "./route.ts";

const KEEP_MS = 30_000;
const MOST_KEPT = 100;
type Kept = { seq: number; at: number; png: Promise<Buffer> };

/** Pictures drawn last: a link that is shared widely is drawn once in half a minute, whoever asks. */
const kept = new Map<string, Kept>();

export const pictureRoutes: Route[] = [
  bytesRoute({
    id: "runPicture",
    method: "GET",
    path: "/api/v1/runs/{id}/picture.png",
    access: "public",
    summary: "The loss so far as a picture of 1200 × 630 pixels, for links to the run",
    bytes: "out",
    media: ["image/png"],
    answer: z.unknown(),
    handle: async (call) => {
      const run = await readRun(call, { id: call.params.id, now: call.clock() });
      sendBody(call.res, {
        status: 200,
        body: await pictureOf(call, run),
        headers: { "content-type": "image/png", "cache-control": "public, max-age=60" },
      });
      return undefined;
    },
  }),
];

async function pictureOf({ pool, clock }: Services, run: RunDetail): Promise<Buffer> {
  const now = clock();
  const known = kept.get(run.id);
  if (known !== undefined && (known.seq === run.seq || now - known.at < KEEP_MS)) {
    return await known.png;
  }
  const png = drawRun(pool, run);
  kept.delete(run.id);
  kept.set(run.id, { seq: run.seq, at: now, png });
  png.catch(() => kept.delete(run.id));
  if (kept.size > MOST_KEPT) {
    kept.delete(kept.keys().next().value ?? run.id);
  }
  return await png;
}

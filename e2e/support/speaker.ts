import type { StartedRun } from "#server/runs/contract.ts";
import type { Portal } from "./portal.ts";

export type Speaker = {
  id: string;
  /** The newest step that was sent. */
  step(): number;
  /** Sends one message of one step. */
  say(): Promise<void>;
  /** Says something twice a second until `stop`. */
  talk(): { stop(): Promise<void> };
};

const EARLIER = 200;

/** A run that speaks whenever a test says so: two metrics, one spike, an engineer's event. */
export async function startSpeaker(portal: Portal, name: string): Promise<Speaker> {
  const { id } = await portal.post<StartedRun>("/api/v1/runs", {
    project: "examples",
    name,
    config: { seed: 1 },
    planned: { steps: 1_000 },
  });
  await portal.post(`/api/v1/runs/${id}/attempts`, { fromStep: 0, reason: "first start" });
  let batch = 0;
  let step = 0;
  // One message after another, whoever asks: batches must come in order.
  let last: Promise<void> = Promise.resolve();
  const send = (count: number): Promise<void> => {
    last = last.then(() => sendNow(count));
    return last;
  };
  const sendNow = async (count: number) => {
    batch += 1;
    const steps = Array.from({ length: count }, (_, index) => step + index + 1);
    const now = Date.now();
    step += count;
    const loss = steps.map((at) => 2 + 6 * Math.exp(-at / 150) + (at === 120 ? 4 : 0));
    await portal.post(`/api/v1/runs/${id}/log`, {
      attempt: 1,
      batch,
      steps,
      times: steps.map((at) => now - (step - at) * 500),
      series: { loss, "loss/infill": loss.map((value) => value + 0.5), lr: steps.map(() => 0.001) },
      events: batch === 1 ? [{ kind: "data", step: 80, message: "Letters were added." }] : [],
    });
  };
  await send(EARLIER);
  return {
    id,
    step: () => step,
    say: () => send(1),
    talk: () => {
      let going = true;
      const talking = (async () => {
        while (going) {
          await send(1);
          await new Promise((done) => setTimeout(done, 500));
        }
      })();
      return {
        stop: async () => {
          going = false;
          await talking;
        },
      };
    },
  };
}

import type { LogBatchInput, StartedRun } from "#server/runs/contract.ts";
import type { Portal } from "./portal.ts";

const STEPS = 600;
const ROLLED_BACK_TO = 300;

/** A run with everything that a page must be able to show: two attempts, a spike, a NaN, stages, samples, a checkpoint. */
export async function reportExampleRun(portal: Portal): Promise<string> {
  const { id } = await portal.post<StartedRun>("/api/v1/runs", {
    project: "examples",
    name: "Example run",
    config: { model: { num_layers: 2, dim_model: 32 }, seed: 1 },
    planned: {
      steps: 1_000,
      tokens: 1_024_000,
      stages: [
        { name: "First", fromStep: 0 },
        { name: "Second", fromStep: 400 },
      ],
    },
  });
  await portal.post(`/api/v1/runs/${id}/attempts`, { fromStep: 0, reason: "first start" });
  await portal.post(
    `/api/v1/runs/${id}/log`,
    batch({ attempt: 1, from: 1, to: 340, diverges: true }),
  );
  await portal.post(`/api/v1/runs/${id}/attempts`, {
    fromStep: ROLLED_BACK_TO,
    reason: "the loss diverged",
  });
  await portal.post(
    `/api/v1/runs/${id}/log`,
    batch({ attempt: 2, from: ROLLED_BACK_TO + 1, to: STEPS, diverges: false }),
  );
  await portal.post(`/api/v1/runs/${id}/samples`, {
    attempt: 2,
    step: STEPS,
    samples: [
      { prompt: "明月", text: "明月照江水", lang: "zh" },
      { prompt: "The whale", text: "The whale rose.", lang: "en" },
    ],
  });
  return id;
}

type Span = { attempt: number; from: number; to: number; diverges: boolean };

function batch({ attempt, from, to, diverges }: Span): LogBatchInput {
  const steps = Array.from({ length: to - from + 1 }, (_, index) => from + index);
  const began = Date.now() - STEPS * 1_000;
  const loss = steps.map((step) => lossAt(step, diverges));
  return {
    attempt,
    batch: 1,
    steps,
    times: steps.map((step) => began + step * 1_000),
    series: {
      loss,
      "loss/continuation": loss.map((value) => (typeof value === "number" ? value + 0.1 : value)),
      "eval/loss": steps.map((step) => (step % 50 === 0 ? lossAt(step, false) : null)),
      lr: steps.map((step) => 0.001 / Math.sqrt(step)),
      grad_norm: steps.map((step) => 0.3 + 0.1 * Math.sin(step)),
      tokens: steps.map((step) => step * 1_024),
      "throughput/tokens_per_second": steps.map(() => 1_024),
    },
    events: [{ kind: "note", step: from, message: "An engineer’s note." }],
    lines: [`attempt ${attempt} trains from ${from}`],
  };
}

function lossAt(step: number, diverges: boolean): number | "NaN" {
  if (step === 330 && diverges) {
    return "NaN";
  }
  const spike = step === 500 ? 3 : 0;
  const away = diverges && step > 310 ? (step - 310) * 0.1 : 0;
  return 2 + 6 * Math.exp(-step / 150) + 0.05 * Math.sin(step * 7) + spike + away;
}

import type { CommandKind, SendCommand } from "#server/run-log/contract.ts";
import type { Checkpoint, RunDetail } from "#server/runs/contract.ts";

/** What a form about a command holds; each kind reads only what it needs. */
export type CommandForm = {
  reason: string;
  factor: string;
  /** Weights of the data sources, as they were typed, by name. */
  weights: Readonly<Record<string, string>>;
  checkpoint: string;
};

export const EMPTY_FORM: CommandForm = { reason: "", factor: "", weights: {}, checkpoint: "" };

/** What a run can be told now: it cannot be paused twice. */
export function possibleCommands(run: Pick<RunDetail, "paused">): CommandKind[] {
  return [run.paused ? "resume" : "pause", "checkpoint", "rate", "weights", "rollback", "stop"];
}

/** The command that the form means; null while it does not say enough. */
export function commandOf(kind: CommandKind, form: CommandForm): SendCommand | null {
  const reason = form.reason.trim();
  if (reason === "") {
    return null;
  }
  switch (kind) {
    case "rate": {
      const factor = Number(form.factor);
      return form.factor.trim() !== "" && factor > 0 && factor <= 100
        ? { kind, reason, payload: { factor } }
        : null;
    }
    case "weights": {
      const weights = weightsOf(form.weights);
      return weights === null ? null : { kind, reason, payload: { weights } };
    }
    case "rollback":
      return form.checkpoint === ""
        ? null
        : { kind, reason, payload: { checkpoint: Number(form.checkpoint) } };
    default:
      return { kind, reason };
  }
}

/** None at all returns to the stage's mix; else at least one of them must be above zero. */
function weightsOf(typed: CommandForm["weights"]): Record<string, number> | null {
  const given = Object.entries(typed).filter(([, text]) => text.trim() !== "");
  const weights = given.map(([name, text]) => [name, Number(text)] as const);
  const sound = weights.every(([, weight]) => Number.isFinite(weight) && weight >= 0);
  const some = weights.length === 0 || weights.some(([, weight]) => weight > 0);
  return sound && some ? Object.fromEntries(weights) : null;
}

/** The names of the data sources, as the stages of the run's configuration mix them. */
export function sourcesOf({ config }: Pick<RunDetail, "config">): string[] {
  const stages = Array.isArray(config["stages"]) ? config["stages"] : [];
  const names = stages.flatMap((stage: unknown) => {
    const mix = typeof stage === "object" && stage !== null && "mix" in stage ? stage.mix : null;
    return typeof mix === "object" && mix !== null ? Object.keys(mix) : [];
  });
  return [...new Set(names)];
}

/** Checkpoints that a trainer can go back to, newest first, each step once. */
export const stepsBack = (checkpoints: readonly Checkpoint[]): number[] =>
  [...new Set(checkpoints.map(({ step }) => step))].sort((a, b) => b - a);

import { TASKS } from "../data/make-sample.ts";
import type { TensorInspection } from "../engine/training-session.ts";
import type { StepValues } from "../report/sink.ts";

/** A task without a target in this step has no loss, and no point. */
export function taskLosses(losses: number[]): StepValues {
  const named = TASKS.map((name, task) => [`loss/${name}`, losses[task] ?? Number.NaN] as const);
  return Object.fromEntries(named.filter(([, loss]) => !Number.isNaN(loss)));
}

const LAYER = /^encoder\.layers\.(\d+)\.(.+)\.weight$/;
const SHORT_NAMES: readonly [RegExp, string][] = [
  [/^self_att\.self_attention\.project_([qkv])$/, "$1"],
  [/^self_att\.self_attention\.attention_out$/, "attention_out"],
  [/^self_att\.layernorm_before_attention$/, "attention_norm"],
  [/^ffn\.ffn\.w_in\.(w_[01])$/, "$1"],
  [/^ffn\.ffn\.w_out$/, "w_out"],
  [/^ffn\.layernorm_before_ffn$/, "ffn_norm"],
];

/** `layer/<n>/<tensor>/<stat>`; what belongs to no layer stands under its own name in the place of the number. */
export function inspectionMetrics(tensors: TensorInspection[]): StepValues {
  const values: StepValues = {};
  for (const { name, max, min, mean, std, gradMean, gradStd } of tensors) {
    const place = placeOf(name);
    for (const [stat, value] of Object.entries({
      max,
      min,
      mean,
      std,
      grad_mean: gradMean,
      grad_std: gradStd,
    })) {
      values[`layer/${place}/${stat}`] = value;
    }
  }
  return values;
}

function placeOf(name: string): string {
  const found = LAYER.exec(name);
  if (found === null) {
    return `all/${name
      .replace(/^encoder\./, "")
      .replace(/\.weight$/, "")
      .replaceAll(".", "_")}`;
  }
  const [, layer = "", rest = ""] = found;
  const short = SHORT_NAMES.find(([pattern]) => pattern.test(rest));
  return `${layer}/${short === undefined ? rest : rest.replace(short[0], short[1])}`;
}

"use client";
import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useTRPC } from "#components/rpc/trpc.ts";
import type { CommandKind } from "#server/run-log/contract.ts";
import type { RunDetail } from "#server/runs/contract.ts";
import { type CommandForm, sourcesOf, stepsBack } from "./command-choice.ts";
import { CHECKPOINTS_QUERY } from "./detail-queries.ts";
import { useFormats } from "./use-formats.ts";

type CommandFieldsProps = {
  run: RunDetail;
  kind: CommandKind;
  form: CommandForm;
  onChange: (form: CommandForm) => void;
};

/** What a command needs to know beside its reason. */
export function CommandFields(props: CommandFieldsProps) {
  switch (props.kind) {
    case "rate":
      return <FactorField {...props} />;
    case "weights":
      return <WeightFields {...props} />;
    case "rollback":
      return <CheckpointField {...props} />;
    default:
      return null;
  }
}

function FactorField({ form, onChange }: CommandFieldsProps) {
  const words = useTranslations("control");
  return (
    <label>
      {words("factorField")}
      <input
        type="number"
        min="0.001"
        max="100"
        step="any"
        required
        value={form.factor}
        onChange={({ currentTarget }) => onChange({ ...form, factor: currentTarget.value })}
      />
    </label>
  );
}

function WeightFields({ run, form, onChange }: CommandFieldsProps) {
  const words = useTranslations("control");
  const sources = sourcesOf(run);
  if (sources.length === 0) {
    return <p className="notice warn">{words("noSources")}</p>;
  }
  return (
    <fieldset>
      <legend>{words("weightsField")}</legend>
      {sources.map((name) => (
        <label key={name}>
          {name}
          <input
            type="number"
            min="0"
            step="any"
            value={form.weights[name] ?? ""}
            onChange={({ currentTarget }) =>
              onChange({ ...form, weights: { ...form.weights, [name]: currentTarget.value } })
            }
          />
        </label>
      ))}
    </fieldset>
  );
}

function CheckpointField({ run, form, onChange }: CommandFieldsProps) {
  const trpc = useTRPC();
  const words = useTranslations("control");
  const formats = useFormats();
  const { data } = useQuery(
    trpc.runs.checkpoints.queryOptions({ runId: run.id, ...CHECKPOINTS_QUERY }),
  );
  const steps = stepsBack(data?.checkpoints ?? []);
  if (steps.length === 0) {
    return <p className="notice warn">{words("noCheckpoint")}</p>;
  }
  return (
    <label>
      {words("checkpointField")}
      <select
        required
        value={form.checkpoint}
        onChange={({ currentTarget }) => onChange({ ...form, checkpoint: currentTarget.value })}
      >
        <option value="">{words("choose")}</option>
        {steps.map((step) => (
          <option key={step} value={step}>
            {formats.step(step)}
          </option>
        ))}
      </select>
    </label>
  );
}

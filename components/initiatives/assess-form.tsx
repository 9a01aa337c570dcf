"use client";
import { useMutation } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useId } from "react";
import { useRouter } from "#components/layout/navigation.ts";
import { useTRPC } from "#components/rpc/trpc.ts";
import { ASSESSMENTS, Assess, type InitiativeDetail } from "#server/initiatives/contract.ts";
import { ReasonForm } from "./reason-form.tsx";

const RISKS = Assess.shape.risk.options;

/** An engineer's answer to triage. */
export function AssessForm({ initiative }: { initiative: InitiativeDetail }) {
  const words = useTranslations("initiatives");
  const router = useRouter();
  const ids = useId();
  const assess = useMutation(
    useTRPC().initiatives.assess.mutationOptions({ onSuccess: () => router.refresh() }),
  );
  return (
    <ReasonForm
      open={words("act.assess")}
      label={words("reasonForAll")}
      send={words("act.assess")}
      mutation={assess}
      onSend={({ reason, data }) =>
        assess.mutate({
          ...{ id: initiative.id, reason },
          outcome: ASSESSMENTS.find((one) => one === data.get("outcome")) ?? "needs-work",
          gpuHours: Number(data.get("gpuHours")),
          risk: RISKS.find((one) => one === data.get("risk")) ?? "low",
        })
      }
    >
      <p>
        <label htmlFor={`${ids}-outcome`}>{words("outcome")}</label>
        <select id={`${ids}-outcome`} name="outcome">
          {ASSESSMENTS.map((one) => (
            <option key={one} value={one}>
              {words(`state.${one}`)}
            </option>
          ))}
        </select>
      </p>
      <p>
        <label htmlFor={`${ids}-hours`}>{words("hoursLabel")}</label>
        <input
          id={`${ids}-hours`}
          name="gpuHours"
          type="number"
          min={0}
          step="any"
          required
          defaultValue={initiative.text.gpuHours ?? 0}
        />
      </p>
      <p>
        <label htmlFor={`${ids}-risk`}>{words("riskLabel")}</label>
        <select id={`${ids}-risk`} name="risk">
          {RISKS.map((one) => (
            <option key={one} value={one}>
              {words(`risk.${one}`)}
            </option>
          ))}
        </select>
      </p>
    </ReasonForm>
  );
}

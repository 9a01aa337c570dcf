"use client";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useId } from "react";
import { useRouter } from "#components/layout/navigation.ts";
import { Refused } from "#components/members/refused.tsx";
import { useMember } from "#components/members/use-member.ts";
import { useTRPC } from "#components/rpc/trpc.ts";
import { type InitiativeDetail, SealTrial, type Trial } from "#server/initiatives/contract.ts";
import { ReasonForm } from "./reason-form.tsx";
import { SealFields } from "./seal-fields.tsx";
import { useInitiativeRefusal } from "./use-initiative-refusal.ts";

type ToolsProps = { initiative: InitiativeDetail; trials: readonly Trial[] };

/** What an engineer does next with a trial: fix it, start it, decide on it. */
export function TrialTools({ initiative, trials }: ToolsProps) {
  const { can } = useMember();
  const [trial] = trials;
  if (!can("engineer") || initiative.mine) {
    return null;
  }
  if (trial?.state === "sealed") {
    return <StartTrial id={initiative.id} />;
  }
  if (trial?.verdict != null && (trial.state === "running" || trial.state === "kept")) {
    return <DecideTrial id={initiative.id} kept={trial.state === "kept"} />;
  }
  return initiative.state === "approved" ? <SealForm id={initiative.id} /> : null;
}

function StartTrial({ id }: { id: number }) {
  const words = useTranslations("initiatives");
  const refusal = useInitiativeRefusal();
  const router = useRouter();
  const start = useMutation(
    useTRPC().initiatives.startTrial.mutationOptions({ onSuccess: () => router.refresh() }),
  );
  return (
    <>
      <Refused sentence={refusal(start.error)} />
      <p>
        <button
          className="btn main"
          type="button"
          disabled={start.isPending}
          onClick={() => start.mutate({ id })}
        >
          {words("act.startTrial")}
        </button>
      </p>
    </>
  );
}

function DecideTrial({ id, kept }: { id: number; kept: boolean }) {
  const words = useTranslations("initiatives");
  const router = useRouter();
  const decide = useMutation(
    useTRPC().initiatives.decideTrial.mutationOptions({ onSuccess: () => router.refresh() }),
  );
  const form = (keep: boolean) => {
    const name = words(keep ? "act.keep" : "act.rollBack");
    return (
      <ReasonForm
        open={name}
        label={words("reasonForAll")}
        send={name}
        mutation={decide}
        onSend={({ reason }) => decide.mutate({ id, keep, reason })}
      />
    );
  };
  return (
    <>
      {!kept && form(true)}
      {form(false)}
    </>
  );
}

function SealForm({ id }: { id: number }) {
  const words = useTranslations("initiatives");
  const refusal = useInitiativeRefusal();
  const router = useRouter();
  const field = useId();
  const trpc = useTRPC();
  const { data } = useQuery(trpc.runs.list.queryOptions({ archived: false, limit: 50 }));
  const seal = useMutation(
    trpc.initiatives.sealTrial.mutationOptions({ onSuccess: () => router.refresh() }),
  );
  const runs = (data?.runs ?? []).filter(({ status }) => status !== "finished");
  return (
    <form
      className="wide-form"
      onSubmit={(event) => {
        event.preventDefault();
        const request = readRequest(id, new FormData(event.currentTarget));
        if (request !== null) {
          seal.mutate(request);
        }
      }}
    >
      <p>
        <label htmlFor={field}>{words("run")}</label>
        <select id={field} name="runId" required>
          {runs.map((run) => (
            <option key={run.id} value={run.id}>
              {run.name}
            </option>
          ))}
        </select>
      </p>
      <SealFields />
      <Refused sentence={refusal(seal.error)} />
      <p>
        <button className="btn" type="submit" disabled={seal.isPending || runs.length === 0}>
          {words("act.seal")}
        </button>
      </p>
    </form>
  );
}

/** The form as a change request; null while it is not one, which the browser's own checks say first. */
function readRequest(id: number, form: FormData): SealTrial | null {
  const text = (name: string) => String(form.get(name) ?? "").trim();
  const number = (name: string) => (text(name) === "" ? undefined : Number(text(name)));
  const weights = Object.fromEntries(
    text("weights")
      .split(/[,\n]/)
      .map((line) => line.split("=").map((part) => part.trim()))
      .filter(([name, weight]) => name !== undefined && name !== "" && weight !== undefined)
      .map(([name = "", weight]) => [name, Number(weight)]),
  );
  const change =
    text("control") === "rate"
      ? { op: "replace", path: "/rate", value: number("rate") }
      : { op: "replace", path: "/weights", value: weights };
  const bound = {
    ...{ metric: text("metric"), better: text("better") },
    accept: number("accept"),
    abort: number("abort"),
  };
  const request = SealTrial.safeParse({
    ...{ id, runId: text("runId"), patch: [change], bounds: [bound] },
    window: number("window"),
    stableSteps: number("stableSteps"),
  });
  return request.data ?? null;
}

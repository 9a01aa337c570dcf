"use client";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { DecisionPage } from "#server/decisions/contract.ts";
import { CHAIN_BEGIN, type ChainState, verifyChain } from "./verify-chain.ts";

const PAGE = 500;

type Check =
  | { phase: "idle" }
  | { phase: "running"; state: ChainState; total: number }
  | { phase: "done"; state: ChainState; headFits: boolean }
  | { phase: "failed" };

/** Reads the whole log from its public export and computes every hash anew, in this browser. */
export function ChainVerifier() {
  const words = useTranslations("decisions");
  const [check, setCheck] = useState<Check>({ phase: "idle" });
  const run = async () => {
    try {
      setCheck(await verifyAll((state, total) => setCheck({ phase: "running", state, total })));
    } catch {
      setCheck({ phase: "failed" });
    }
  };
  return (
    <div className="stack">
      <p>{words("verifyAbout")}</p>
      <p>
        <button type="button" className="btn" onClick={run} disabled={check.phase === "running"}>
          {words("verify")}
        </button>
      </p>
      {check.phase === "running" && (
        <progress
          max={Math.max(1, check.total)}
          value={check.state.checked}
          aria-label={words("progress")}
        />
      )}
      <div role="status">
        <Outcome check={check} />
      </div>
    </div>
  );
}

function Outcome({ check }: { check: Check }) {
  const words = useTranslations("decisions");
  if (check.phase === "failed") {
    return <p className="notice bad">{words("unreachable")}</p>;
  }
  if (check.phase !== "done") {
    return null;
  }
  const { broken, checked, hash } = check.state;
  if (broken !== null) {
    return (
      <p className="notice bad">
        {words("broken", { number: broken.number, fault: broken.fault })}
      </p>
    );
  }
  if (!check.headFits) {
    return <p className="notice bad">{words("cutOff", { checked })}</p>;
  }
  return (
    <p className="notice good">
      {words("whole", { checked })} <code className="cut">{hash}</code>
    </p>
  );
}

async function verifyAll(tell: (state: ChainState, total: number) => void): Promise<Check> {
  let state = CHAIN_BEGIN;
  for (;;) {
    const page = await readPage(state.checked);
    state = await verifyChain(state, page.decisions);
    const total = page.head?.number ?? 0;
    tell(state, total);
    if (state.broken !== null || !page.more) {
      // A log that was cut off at its end still makes a whole chain; the head betrays it.
      const headFits = state.checked === total && (page.head?.hash ?? state.hash) === state.hash;
      return { phase: "done", state, headFits };
    }
  }
}

async function readPage(after: number): Promise<DecisionPage> {
  const answer = await fetch(`/api/v1/decisions?after=${after}&limit=${PAGE}`);
  if (!answer.ok) {
    throw new Error(`The log answered ${answer.status}.`);
  }
  return DecisionPage.parse(await answer.json());
}

"use client";
import { useTranslations } from "next-intl";
import { Suspense, useState } from "react";
import { useMember } from "#components/members/use-member.ts";
import type { RunDetail } from "#server/runs/contract.ts";
import { LateNoteDialog } from "./late-dialogs.tsx";

/** For engineers: a note at the newest step, or at any other. */
export function AddNote({ run }: { run: RunDetail }) {
  const words = useTranslations("notes");
  const { can } = useMember();
  const [step, setStep] = useState<number | null>(null);
  if (!can("engineer") || run.attempt === 0) {
    return null;
  }
  return (
    <>
      <p className="tools control-tools">
        <button type="button" className="btn" onClick={() => setStep(run.step)}>
          {words("add")}
        </button>
      </p>
      <Suspense fallback={null}>
        {step !== null && (
          <LateNoteDialog
            task={{ kind: "add", runId: run.id, step }}
            onClose={() => setStep(null)}
          />
        )}
      </Suspense>
    </>
  );
}

"use client";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useFormats } from "./use-formats.ts";
import type { LiveRun } from "./use-live-run.ts";

const MINUTE_MS = 60_000;

/** What a screen reader hears: changes of state at once, values at most once a minute. */
export function LiveAnnouncer({ run, status, now }: LiveRun) {
  const words = useTranslations();
  return (
    <div className="sr" aria-live="polite">
      <p>{words("air.stateSpoken", { name: run.name, status: words(`status.${status}`) })}</p>
      {/* A new key each minute: the text within a minute is drawn once and then left alone. */}
      {status === "live" && <Spoken key={Math.floor(now / MINUTE_MS)} run={run} />}
    </div>
  );
}

function Spoken({ run }: Pick<LiveRun, "run">) {
  const words = useTranslations("air");
  const formats = useFormats();
  const [text] = useState(() =>
    words("spoken", { step: formats.step(run.step), loss: formats.loss(run.latest["loss"]) }),
  );
  return <p>{text}</p>;
}

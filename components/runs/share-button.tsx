"use client";
import { useTranslations } from "next-intl";
import { useState } from "react";

const SAY_DONE_MS = 2_000;

/** The address carries the exact view, so sharing is copying it. */
export function ShareButton() {
  const words = useTranslations("run");
  const [done, setDone] = useState(false);
  const copy = async () => {
    await navigator.clipboard.writeText(window.location.href);
    setDone(true);
    setTimeout(() => setDone(false), SAY_DONE_MS);
  };
  return (
    <button
      type="button"
      className="btn"
      onClick={() => {
        void copy();
      }}
    >
      <span aria-live="polite">{words(done ? "shared" : "share")}</span>
    </button>
  );
}

"use client";
import { useState } from "react";
import { Icon } from "./icon.tsx";

type CopyButtonProps = {
  /** A function where the text is known only in the browser. */
  text: string | (() => string);
  label: string;
  doneLabel: string;
};

const SAY_DONE_MS = 2_000;

/** Puts a text on the clipboard and says so where a screen reader hears it. */
export function CopyButton({ text, label, doneLabel }: CopyButtonProps) {
  const [done, setDone] = useState(false);
  const copy = async () => {
    await navigator.clipboard.writeText(typeof text === "string" ? text : text());
    setDone(true);
    setTimeout(() => setDone(false), SAY_DONE_MS);
  };
  return (
    <button
      type="button"
      className="icon-btn"
      aria-label={done ? doneLabel : label}
      title={done ? doneLabel : label}
      onClick={() => {
        void copy();
      }}
    >
      <Icon name={done ? "s-good" : "i-copy"} />
    </button>
  );
}

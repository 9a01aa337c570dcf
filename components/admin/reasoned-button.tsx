"use client";
import { useTranslations } from "next-intl";
import type { FormEvent } from "react";

type ReasonedProps = { label: string; busy: boolean; onReason: (reason: string) => void };

/** An act of an admin: it needs a reason, because everyone can read it in the decision log. */
export function ReasonedButton({ label, busy, onReason }: ReasonedProps) {
  const words = useTranslations("admin");
  const send = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    onReason(String(new FormData(event.currentTarget).get("reason") ?? ""));
  };
  return (
    <form onSubmit={send}>
      <input
        name="reason"
        aria-label={words("reasonFor", { what: label })}
        placeholder={words("reason")}
        required
        minLength={3}
        maxLength={500}
      />
      <button className="btn" type="submit" disabled={busy}>
        {label}
      </button>
    </form>
  );
}

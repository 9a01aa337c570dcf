"use client";
import { useTranslations } from "next-intl";
import { type FormEvent, type ReactNode, useId, useState } from "react";
import { Refused } from "#components/members/refused.tsx";
import { useInitiativeRefusal } from "./use-initiative-refusal.ts";

type Failed = Parameters<ReturnType<typeof useInitiativeRefusal>>[0];
type ReasonFormProps = {
  /** On the button that opens the form. */
  open: string;
  label: string;
  send: string;
  /** A second, short field before the reason. */
  title?: string;
  mutation: { isPending: boolean; error: Failed; reset: () => void };
  onSend: (values: { reason: string; title: string; data: FormData }) => void;
  /** Further fields. */
  children?: ReactNode;
};

/** A move that everyone will read: what is written stays in the form until it has been accepted. */
export function ReasonForm(props: ReasonFormProps) {
  const words = useTranslations("initiatives");
  const refusal = useInitiativeRefusal();
  const [shown, setShown] = useState(false);
  const id = useId();
  const { mutation } = props;
  const send = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    const text = (name: string) => String(data.get(name) ?? "");
    props.onSend({ reason: text("reason"), title: text("title"), data });
  };
  if (!shown) {
    return (
      <p>
        <button className="btn" type="button" onClick={() => setShown(true)}>
          {props.open}
        </button>
      </p>
    );
  }
  return (
    <form className="wide-form" onSubmit={send}>
      {props.children}
      {props.title !== undefined && (
        <p>
          <label htmlFor={`${id}-title`}>{props.title}</label>
          <input id={`${id}-title`} name="title" required minLength={5} maxLength={160} />
        </p>
      )}
      <p>
        <label htmlFor={`${id}-reason`}>{props.label}</label>
        <textarea
          id={`${id}-reason`}
          name="reason"
          rows={4}
          required
          minLength={10}
          maxLength={2000}
        />
      </p>
      <Refused sentence={refusal(mutation.error)} />
      <p className="actions">
        <button className="btn main" type="submit" disabled={mutation.isPending}>
          {props.send}
        </button>
        <button
          className="text-btn"
          type="button"
          onClick={() => {
            mutation.reset();
            setShown(false);
          }}
        >
          {words("cancel")}
        </button>
      </p>
    </form>
  );
}

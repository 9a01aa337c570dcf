"use client";
import { type FormEvent, type ReactNode, useId } from "react";
import { Refused } from "./refused.tsx";

export type FormField = {
  name: string;
  label: string;
  type?: "email" | "password" | "text";
  autoComplete: string;
  note?: string;
  minLength?: number;
  /** What stands in it at first. */
  value?: string;
};

type AccountFormProps = {
  fields: readonly FormField[];
  submit: string;
  busy: boolean;
  /** What went wrong at the last try. */
  error?: string | undefined;
  onSubmit: (values: Record<string, string>) => void;
  children?: ReactNode;
};

/** A short form: fields below each other, one button, and what went wrong beside it. */
export function AccountForm(props: AccountFormProps) {
  const { fields, submit, busy, error, onSubmit, children } = props;
  const send = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    onSubmit(Object.fromEntries([...data].map(([name, value]) => [name, String(value)])));
  };
  return (
    <form className="account-form" method="post" onSubmit={send}>
      {fields.map((field) => (
        <Field key={field.name} {...field} />
      ))}
      <Refused sentence={error} />
      <p className="actions">
        <button className="btn main" type="submit" disabled={busy}>
          {submit}
        </button>
        {children}
      </p>
    </form>
  );
}

function Field({ name, label, type = "text", autoComplete, note, minLength, value }: FormField) {
  const id = useId();
  return (
    <p>
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        name={name}
        type={type}
        autoComplete={autoComplete}
        minLength={minLength}
        defaultValue={value}
        required
        aria-describedby={note === undefined ? undefined : `${id}-note`}
      />
      {note !== undefined && (
        <span className="note" id={`${id}-note`}>
          {note}
        </span>
      )}
    </p>
  );
}

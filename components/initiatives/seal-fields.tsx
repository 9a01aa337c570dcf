"use client";
import { useTranslations } from "next-intl";
import { useId, useState } from "react";

/** What is changed, by which metric it is judged, and for how long. */
export function SealFields() {
  const words = useTranslations("initiatives");
  const id = useId();
  const [control, setControl] = useState("rate");
  return (
    <>
      <p>
        <label htmlFor={`${id}-control`}>{words("control")}</label>
        <select
          id={`${id}-control`}
          name="control"
          value={control}
          onChange={(event) => setControl(event.target.value)}
        >
          <option value="rate">{words("rateFactor")}</option>
          <option value="weights">{words("dataWeights")}</option>
        </select>
      </p>
      {control === "rate" ? (
        <Field name="rate" label={words("rateFactor")} />
      ) : (
        <p>
          <label htmlFor={`${id}-weights`}>{words("dataWeights")}</label>
          <textarea
            id={`${id}-weights`}
            name="weights"
            rows={3}
            required
            aria-describedby={`${id}-weights-note`}
          />
          <span className="note" id={`${id}-weights-note`}>
            {words("weightsNote")}
          </span>
        </p>
      )}
      <p>
        <label htmlFor={`${id}-metric`}>{words("metric")}</label>
        <input id={`${id}-metric`} name="metric" required maxLength={200} defaultValue="loss" />
      </p>
      <p>
        <label htmlFor={`${id}-better`}>{words("better")}</label>
        <select id={`${id}-better`} name="better">
          <option value="lower">{words("lower")}</option>
          <option value="higher">{words("higher")}</option>
        </select>
      </p>
      <Field name="accept" label={words("accept")} />
      <Field name="abort" label={words("abort")} />
      <Field name="window" label={words("window")} whole start={1000} />
      <Field name="stableSteps" label={words("stableSteps")} whole start={5000} />
    </>
  );
}

type FieldProps = { name: string; label: string; whole?: boolean; start?: number };

function Field({ name, label, whole = false, start }: FieldProps) {
  const id = useId();
  return (
    <p>
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        name={name}
        type="number"
        step={whole ? 1 : "any"}
        defaultValue={start}
        required
      />
    </p>
  );
}

"use client";
import { useTranslations } from "next-intl";
import { useId } from "react";
import { CATEGORIES, Category, type DraftText } from "#server/initiatives/contract.ts";

type FieldsProps = {
  value: DraftText;
  onChange: (value: DraftText) => void;
  /** A version's category stays what it was. */
  fixedCategory?: boolean;
};

const PROSE = ["problem", "proposal", "effect", "measure"] as const;
const SHEET = ["source", "licence", "size", "language", "personalData", "contamination"] as const;
const EMPTY_SHEET = {
  source: "",
  licence: "",
  size: "",
  language: "",
  personalData: "",
  contamination: "",
};

/** The one template of every proposal; data bring a sheet of their own. */
export function ProposalFields({ value, onChange, fixedCategory = false }: FieldsProps) {
  const words = useTranslations("initiatives");
  const id = useId();
  const set = (change: Partial<DraftText>) => onChange({ ...value, ...change });
  const pick = (text: string) => {
    const category = Category.parse(text);
    set({ category, data: category === "data" ? (value.data ?? EMPTY_SHEET) : null });
  };
  return (
    <>
      {!fixedCategory && (
        <p>
          <label htmlFor={`${id}-category`}>{words("categoryLabel")}</label>
          <select
            id={`${id}-category`}
            value={value.category}
            onChange={(event) => pick(event.target.value)}
          >
            {CATEGORIES.map((category) => (
              <option key={category} value={category}>
                {words(`category.${category}`)}
              </option>
            ))}
          </select>
        </p>
      )}
      <p>
        <label htmlFor={`${id}-title`}>{words("titleLabel")}</label>
        <input
          id={`${id}-title`}
          value={value.title}
          minLength={8}
          maxLength={160}
          required
          aria-describedby={`${id}-title-note`}
          onChange={(event) => set({ title: event.target.value })}
        />
        <span className="note" id={`${id}-title-note`}>
          {words("titleNote")}
        </span>
      </p>
      {PROSE.map((name) => (
        <p key={name}>
          <label htmlFor={`${id}-${name}`}>{words(name)}</label>
          <textarea
            id={`${id}-${name}`}
            rows={5}
            minLength={20}
            maxLength={8000}
            required
            value={value[name]}
            aria-describedby={`${id}-${name}-note`}
            onChange={(event) => set({ [name]: event.target.value })}
          />
          <span className="note" id={`${id}-${name}-note`}>
            {words(`hint.${name}`)}
          </span>
        </p>
      ))}
      <p>
        <label htmlFor={`${id}-hours`}>{words("hoursLabel")}</label>
        <input
          id={`${id}-hours`}
          type="number"
          min={0}
          step="any"
          required
          value={value.gpuHours ?? ""}
          onChange={(event) =>
            set({ gpuHours: event.target.value === "" ? null : Number(event.target.value) })
          }
        />
      </p>
      <SheetFields value={value} onChange={onChange} />
    </>
  );
}

function SheetFields({ value, onChange }: FieldsProps) {
  const words = useTranslations("initiatives");
  const id = useId();
  const sheet = value.data;
  return sheet === null ? null : (
    <fieldset>
      <legend className="label">{words("dataSheet")}</legend>
      {SHEET.map((name) => (
        <p key={name}>
          <label htmlFor={`${id}-${name}`}>{words(`sheet.${name}`)}</label>
          <textarea
            id={`${id}-${name}`}
            rows={name === "personalData" || name === "contamination" ? 3 : 1}
            required
            value={sheet[name]}
            onChange={(event) =>
              onChange({ ...value, data: { ...sheet, [name]: event.target.value } })
            }
          />
        </p>
      ))}
    </fieldset>
  );
}

export type ConfigEntry = { name: string; value: string };

const LONGEST_VALUE = 300;
const MOST_ENTRIES = 400;

/** A configuration as rows, `model.layers` style; lists of plain values stay on one line. */
export function flattenConfig(config: Readonly<Record<string, unknown>>): ConfigEntry[] {
  return entriesOf(config, "").slice(0, MOST_ENTRIES);
}

function entriesOf(value: unknown, name: string): ConfigEntry[] {
  if (isRecord(value) && Object.keys(value).length > 0) {
    return Object.entries(value).flatMap(([key, inner]) =>
      entriesOf(inner, name === "" ? key : `${name}.${key}`),
    );
  }
  if (Array.isArray(value) && value.some((item) => isRecord(item) || Array.isArray(item))) {
    return value.flatMap((item, index) => entriesOf(item, `${name}[${index}]`));
  }
  return name === "" ? [] : [{ name, value: textOf(value) }];
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

function textOf(value: unknown): string {
  const text =
    typeof value === "string"
      ? value
      : Array.isArray(value)
        ? value.map(textOf).join(", ")
        : JSON.stringify(value);
  return text.length > LONGEST_VALUE ? `${text.slice(0, LONGEST_VALUE)}…` : text;
}

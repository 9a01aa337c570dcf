const DIGITS = 8;

/** The same answer with its fractions cut to eight digits: a drawing shows four, and the rest is most of a page's weight. */
export function shortenNumbers(data: unknown): unknown {
  const text = JSON.stringify(data, (_key, value: unknown) =>
    typeof value === "number" && !Number.isInteger(value)
      ? Number(value.toPrecision(DIGITS))
      : value,
  );
  return text === undefined ? undefined : JSON.parse(text);
}

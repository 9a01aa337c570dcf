const UNITS = ["B", "kB", "MB", "GB", "TB"];

/** A file's size in decimal units, three significant digits; number and unit stay together. */
export function formatBytes(bytes: number, locale: string): string {
  const power =
    bytes < 1000 ? 0 : Math.min(UNITS.length - 1, Math.floor(Math.log10(bytes) / 3 + 1e-9));
  const number = new Intl.NumberFormat(locale, { maximumSignificantDigits: 3 }).format(
    bytes / 1000 ** power,
  );
  return `${number}\u00a0${UNITS[power]}`;
}

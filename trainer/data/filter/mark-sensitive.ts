/** Kinds of personal information that are replaced; the mark that stands in their place is `<PII:KIND>`. */
export const SENSITIVE_KINDS = [
  "EMAIL",
  "IPV4",
  "IDCARD",
  "BANKCARD",
  "MOBILE",
  "LANDLINE",
  "QQ",
] as const;
export type SensitiveKind = (typeof SENSITIVE_KINDS)[number];

export type Marked = { text: string; counts: Partial<Record<SensitiveKind, number>> };

const HAS_AT = /@/;
const EMAIL = /[A-Za-z0-9][A-Za-z0-9._%+-]{0,63}@(?:[A-Za-z0-9-]{1,63}\.){1,8}[A-Za-z]{2,24}/g;
const IPV4 = /(?<![\d.])(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})(?![\d.]*\d)/g;
const ID_CARD = /(?<!\d)\d{17}[\dXx](?![\dXx])/g;
const BANK_CARD = /(?<!\d)\d{16,19}(?!\d)/g;
const MOBILE = /(?<!\d)1[3-9]\d{9}(?!\d)/g;
const LANDLINE = /(?<!\d)0\d{2,3}-?\d{7,8}(?!\d)/g;
const QQ = /((?:QQ|扣扣)(?:号码|號碼|号|號|群)?\s{0,3}[:：]?\s{0,3})([1-9]\d{4,10})(?!\d)/gi;
const MANY_DIGITS = /\d{5}|\d\.\d/;

/**
 * Replaces personal information by typed marks. Runs of digits are only taken where they prove what they are: a check
 * digit and a date, Luhn's sum, a prefix of the numbering plan, or a label in front.
 */
export function markSensitive(text: string): Marked {
  const counts: Marked["counts"] = {};
  const mark = (kind: SensitiveKind): string => {
    counts[kind] = (counts[kind] ?? 0) + 1;
    return `<PII:${kind}>`;
  };
  let out = HAS_AT.test(text) ? text.replace(EMAIL, () => mark("EMAIL")) : text;
  if (MANY_DIGITS.test(out)) {
    out = out
      .replace(IPV4, (all) => (isPublicIpv4(all) ? mark("IPV4") : all))
      .replace(ID_CARD, (all) => (isIdCard(all) ? mark("IDCARD") : all))
      .replace(BANK_CARD, (all) => (passesLuhn(all) ? mark("BANKCARD") : all))
      .replace(QQ, (_all, label: string) => `${label}${mark("QQ")}`)
      .replace(MOBILE, () => mark("MOBILE"))
      .replace(LANDLINE, () => mark("LANDLINE"));
  }
  return { text: out, counts };
}

/** Private, loopback, link-local, shared, documentation and multicast addresses name nobody. */
export function isPublicIpv4(text: string): boolean {
  const parts = text.split(".").map(Number);
  const [a = 0, b = 0, c = 0] = parts;
  if (parts.length !== 4 || parts.some((part) => part > 255)) {
    return false;
  }
  const special =
    a === 0 ||
    a === 10 ||
    a === 127 ||
    a >= 224 ||
    (a === 100 && b >= 64 && b < 128) ||
    (a === 169 && b === 254) ||
    (a === 172 && b >= 16 && b < 32) ||
    (a === 192 && b === 168) ||
    (a === 192 && b === 0 && (c === 0 || c === 2)) ||
    (a === 198 && (b === 18 || b === 19 || (b === 51 && c === 100))) ||
    (a === 203 && b === 0 && c === 113);
  return !special;
}

const ID_WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const ID_CHECKS = "10X98765432";

/** An identity number of the People's Republic (GB 11643): date of birth at 7 … 14, and a check digit modulo 11. */
export function isIdCard(text: string): boolean {
  const sum = ID_WEIGHTS.reduce((total, weight, i) => total + weight * Number(text[i]), 0);
  const year = Number(text.slice(6, 10));
  const month = Number(text.slice(10, 12));
  const day = Number(text.slice(12, 14));
  const date = new Date(Date.UTC(year, month - 1, day));
  const plausible =
    year >= 1900 && year < 2100 && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  return plausible && ID_CHECKS[sum % 11] === text.charAt(17).toUpperCase();
}

/** Luhn's sum: every second digit from the right doubled, nines cast out, the total divisible by ten. */
export function passesLuhn(digits: string): boolean {
  let sum = 0;
  for (let i = 0; i < digits.length; i += 1) {
    const digit = Number(digits[digits.length - 1 - i]);
    const doubled = i % 2 === 1 ? 2 * digit : digit;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0 && /[1-9]/.test(digits);
}

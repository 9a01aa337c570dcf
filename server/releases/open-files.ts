/** Texts of a release, by path: everyone may read them before accepting anything. */
export const TEXTS = {
  card: "README.md",
  licence: { en: "LICENSE.md", zh: "LICENSE.zh.md" },
  risks: { en: "RISKS.md", zh: "RISKS.zh.md" },
  sums: "SHA256SUMS",
} as const;

const OPEN: ReadonlySet<string> = new Set([
  TEXTS.card,
  ...Object.values(TEXTS.licence),
  ...Object.values(TEXTS.risks),
  TEXTS.sums,
]);

/** Whether a file of a gated release is given to those only who accepted its licence. */
export const isGated = (path: string): boolean => !OPEN.has(path);

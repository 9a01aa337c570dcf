/** Texts of a release, by path. */
export const TEXTS = {
  card: "README.md",
  licence: { en: "LICENSE.md", zh: "LICENSE.zh.md" },
  risks: { en: "RISKS.md", zh: "RISKS.zh.md" },
  sums: "SHA256SUMS",
} as const;

import { z } from "zod";

export const LICENCE_LOCALES = ["en", "zh"] as const;
export const LicenceLocale = z.enum(LICENCE_LOCALES);
export type LicenceLocale = z.infer<typeof LicenceLocale>;

const Sha256 = z.string().regex(/^[0-9a-f]{64}$/);

/** A text as it is accepted: the hash is of its bytes in UTF-8. */
export const LicenceDocument = z.object({
  name: z.enum(["licence", "risks"]),
  sha256: Sha256,
  markdown: z.string(),
});
export type LicenceDocument = z.infer<typeof LicenceDocument>;

export const LicenceTexts = z.object({
  version: z.string(),
  locale: LicenceLocale,
  licence: LicenceDocument,
  risks: LicenceDocument,
});
export type LicenceTexts = z.infer<typeof LicenceTexts>;

/** What is accepted: exactly these texts, for that release. */
export const AcceptLicence = z.object({
  locale: LicenceLocale,
  licenceSha256: Sha256,
  risksSha256: Sha256,
  releaseId: z.string().min(1).max(64),
  /** Nothing is taken for granted: both are said by whoever accepts. */
  readLicence: z.literal(true),
  readRisks: z.literal(true),
});
export type AcceptLicence = z.infer<typeof AcceptLicence>;

/** A row of the record, as its member sees it. */
export const Acceptance = z.object({
  id: z.string(),
  version: z.string(),
  licenceSha256: Sha256,
  risksSha256: Sha256,
  locale: LicenceLocale,
  release: z.string(),
  manifestSha256: Sha256,
  method: z.enum(["web", "api"]),
  at: z.number(),
  receipt: z.string(),
});
export type Acceptance = z.infer<typeof Acceptance>;

/** `current`: the acceptance of the texts that hold now, if there is one. */
export const MyAcceptances = z.object({
  current: Acceptance.nullable(),
  acceptances: z.array(Acceptance),
});
export type MyAcceptances = z.infer<typeof MyAcceptances>;

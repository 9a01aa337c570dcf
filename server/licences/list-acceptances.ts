import type { Db } from "../platform/db.ts";
import type { Acceptance, LicenceLocale, MyAcceptances } from "./contract.ts";
import { currentTexts } from "./licence-texts.ts";

/** What a member has accepted, newest first. */
export async function listAcceptances(db: Db, memberId: string): Promise<MyAcceptances> {
  const [rows, texts] = await Promise.all([
    db.licenceAcceptance.findMany({ where: { memberId }, orderBy: { at: "desc" } }),
    currentTexts(),
  ]);
  const acceptances = rows.map(
    (row): Acceptance => ({
      id: row.id,
      version: row.version,
      licenceSha256: row.licenceSha256,
      risksSha256: row.risksSha256,
      locale: row.locale as LicenceLocale,
      release: row.releaseId,
      manifestSha256: row.manifestSha256,
      method: row.method as Acceptance["method"],
      at: row.at.getTime(),
      receipt: `/api/receipts/${row.id}`,
    }),
  );
  const current = acceptances.find((own) =>
    texts.some(
      ({ licence, risks }) =>
        licence.sha256 === own.licenceSha256 && risks.sha256 === own.risksSha256,
    ),
  );
  return { current: current ?? null, acceptances };
}

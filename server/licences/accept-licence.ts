import type { Db } from "../platform/db.ts";
import { AppError } from "../platform/errors.ts";
import { newId } from "../platform/ids.ts";
import type { Acceptance, AcceptLicence } from "./contract.ts";
import { licenceTexts } from "./licence-texts.ts";
import { listAcceptances } from "./list-acceptances.ts";

type Input = { memberId: string; accepted: AcceptLicence; method: "web" | "api"; now: number };

/**
 * Records that a member accepted exactly the texts that hold now. Accepting twice, also at the same time, is one record;
 * texts that are not these (any more) are refused, so that nobody accepts what they have not seen.
 */
export async function acceptLicence(db: Db, input: Input): Promise<Acceptance> {
  const { memberId, accepted, method, now } = input;
  const { version, licence, risks } = await licenceTexts(accepted.locale);
  if (licence.sha256 !== accepted.licenceSha256 || risks.sha256 !== accepted.risksSha256) {
    throw new AppError("conflict", "The texts have changed since you read them. Read them again.", {
      details: { reason: "texts-changed" },
    });
  }
  const manifestSha256 = await manifestOf(db, accepted.releaseId);
  await db.licenceAcceptance.createMany({
    data: {
      id: newId("acc"),
      memberId,
      version,
      licenceSha256: licence.sha256,
      risksSha256: risks.sha256,
      locale: accepted.locale,
      releaseId: accepted.releaseId,
      manifestSha256,
      method,
      at: new Date(now),
    },
    skipDuplicates: true,
  });
  const { current } = await listAcceptances(db, memberId);
  if (current === null) {
    throw new AppError("internal", "The acceptance was not kept. Try again.");
  }
  return current;
}

async function manifestOf(db: Db, id: string): Promise<string> {
  const release = await db.release.findUnique({
    where: { id },
    select: { manifestSha256: true, publishedAt: true },
  });
  if (release === null || release.publishedAt === null || release.manifestSha256 === null) {
    throw new AppError(
      "not_found",
      "There is no such release. Open a model's page and accept there.",
    );
  }
  return release.manifestSha256;
}

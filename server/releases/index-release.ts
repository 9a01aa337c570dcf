import type { Prisma } from "../platform/db.ts";
import { indexDocument } from "../search/index-document.ts";
import { Prose } from "./contract.ts";
import type { LockedRelease } from "./lock-release.ts";

type Indexed = { release: LockedRelease; now: number };

/** Makes the release findable by its name and by what its card says. */
export async function indexRelease(
  tx: Prisma.TransactionClient,
  { release, now }: Indexed,
): Promise<void> {
  const { id, familyId, version, authorId } = release;
  const { prose, family } = await tx.release.findUniqueOrThrow({
    where: { id },
    select: { prose: true, family: { select: { title: true } } },
  });
  const texts = Object.values(Prose.parse(prose)).flatMap(({ en, zh }) => [en, zh]);
  await indexDocument(tx, {
    ...{ kind: "release", id, title: `${family.title} ${version}`, text: texts.join("\n\n") },
    ...{ url: `/models/${familyId}?release=${version}`, place: "releases" },
    ...{ authorId, createdAt: new Date(now) },
  });
}

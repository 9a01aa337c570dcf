import { readAuthors } from "../../auth/read-authors.ts";
import type { Db, Prisma } from "../../platform/db.ts";
import type { PrismaClient } from "../../platform/prisma-client/client.ts";
import { ASSESSMENTS, DraftText, type InitiativeDetail } from "../contract.ts";
import { VOTABLE } from "../moves.ts";
import { THREAD_KIND } from "../open-thread.ts";
import { refuse } from "../refuse.ts";
import { ITEM_ROW, toItems } from "./item.ts";
import { readPredictions } from "./read-predictions.ts";

const DETAIL_ROW = {
  ...ITEM_ROW,
  summary: true,
  duplicateOfId: true,
  supersededById: true,
  duplicates: { select: { id: true, title: true } },
  versions: { orderBy: { number: "desc" } },
  assessments: { orderBy: { id: "asc" } },
  concerns: { orderBy: { id: "asc" } },
  approvals: { orderBy: { createdAt: "asc" } },
} satisfies Prisma.InitiativeSelect;

type DetailRow = Prisma.InitiativeGetPayload<{ select: typeof DETAIL_ROW }>;
type Asked = { id: number; memberId: string | null; now: number };

/** An initiative with everything that was said and decided about it. A draft is there for its author only. */
export async function readInitiative(db: PrismaClient, asked: Asked): Promise<InitiativeDetail> {
  const { id, memberId, now } = asked;
  const row = await db.initiative.findUnique({ where: { id }, select: DETAIL_ROW });
  if (row === null || (row.state === "draft" && row.authorId !== memberId)) {
    throw refuse("not-found");
  }
  const [[item], offers, predictions, history, thread] = await Promise.all([
    toItems(db, [row], memberId),
    db.initiativeAssignment.findMany({
      where: { initiativeId: id, endedAt: null },
      orderBy: { offeredAt: "asc" },
    }),
    readPredictions(db, { id, memberId }),
    readDecisions(db, id),
    db.forumThread.findFirst({
      where: { subjectKind: THREAD_KIND, subjectId: String(id), state: "visible" },
      select: { id: true },
    }),
  ]);
  if (item === undefined) {
    throw refuse("not-found");
  }
  const people = [
    ...offers.map((offer) => offer.memberId),
    ...row.assessments.map((assessment) => assessment.engineerId),
    ...row.concerns.map((concern) => concern.authorId),
    ...row.approvals.map((approval) => approval.memberId),
  ];
  const member = await readAuthors(db, people);
  return {
    ...item,
    ...describe(row, now),
    mine: row.authorId === memberId,
    threadId: thread?.id ?? null,
    assessments: row.assessments.map(({ engineerId, createdAt, outcome, ...rest }) => ({
      ...rest,
      outcome: ASSESSMENTS.find((known) => known === outcome) ?? "needs-work",
      engineer: member(engineerId),
      createdAt: createdAt.getTime(),
    })),
    assignments: offers.map(({ memberId: carrier, offeredAt, acceptedAt }) => ({
      member: member(carrier),
      offeredAt: offeredAt.getTime(),
      acceptedAt: acceptedAt?.getTime() ?? null,
    })),
    concerns: row.concerns.map(({ authorId, createdAt, resolvedAt, ...rest }) => ({
      ...rest,
      author: member(authorId),
      createdAt: createdAt.getTime(),
      resolvedAt: resolvedAt?.getTime() ?? null,
    })),
    approvals: row.approvals.map(({ memberId: signer, createdAt, reason, version }) => ({
      ...{ reason, version, member: member(signer), createdAt: createdAt.getTime() },
    })),
    predictions,
    history,
  };
}

function describe(row: DetailRow, now: number) {
  const [current] = row.versions;
  const { category, title } = row;
  const votable: readonly string[] = VOTABLE;
  const over = row.commentEndsAt !== null && row.commentEndsAt.getTime() <= now;
  return {
    version: row.version,
    text: DraftText.parse({ ...(current?.text as object), category, title }),
    summary: row.summary,
    votable: votable.includes(row.state) && !(row.state === "final-comment" && over),
    duplicateOf: row.duplicateOfId,
    duplicates: row.duplicates,
    supersededBy: row.supersededById,
    versions: row.versions.map(({ number, note, createdAt, cast, eligible }) => ({
      ...{ number, note, createdAt: createdAt.getTime() },
      cast: cast ?? row.cast,
      eligible: eligible ?? row.eligible,
    })),
  };
}

async function readDecisions(db: Db, id: number) {
  const rows = await db.decision.findMany({
    where: { subjectType: "initiative", subjectId: String(id) },
    orderBy: { number: "desc" },
    select: { number: true, kind: true, reason: true, at: true },
  });
  return rows.map(({ at, ...row }) => ({ ...row, at: at.getTime() }));
}

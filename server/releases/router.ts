import { createBlobs } from "../platform/blobs.ts";
import { readEnv } from "../platform/env.ts";
import { createRouter, limited, publicProcedure, roleProcedure } from "../rpc/procedures.ts";
import { approveRelease } from "./approve-release.ts";
import { dropFormat, retryFormat, saveProse } from "./change-draft.ts";
import {
  AskFamily,
  Candidates,
  CreateFamily,
  DecideRelease,
  DraftRelease,
  FamilyDetail,
  FamilyList,
  Format,
  OfRelease,
  SaveProse,
} from "./contract.ts";
import { createFamily } from "./create-family.ts";
import { draftRelease } from "./draft-release.ts";
import { rejectRelease, yankRelease } from "./end-release.ts";
import { listCandidates } from "./list-candidates.ts";
import { listFamilies } from "./list-families.ts";
import { readFamily } from "./read-family.ts";

const OfFormat = OfRelease.extend({ format: Format });

const engineers = roleProcedure("engineer");
const deciding = engineers.use(limited("decide"));

/** The portal's address in what is written for ever; it comes from the settings alone. */
function settledOrigin(): string {
  const { PUBLIC_URL, PORT } = readEnv();
  return PUBLIC_URL?.replace(/\/$/, "") ?? `http://localhost:${PORT}`;
}

/** Models and what is released of them. */
export const releasesRouter = createRouter({
  families: publicProcedure.output(FamilyList).query(({ ctx }) => listFamilies(ctx.db)),
  family: publicProcedure
    .input(AskFamily)
    .output(FamilyDetail)
    .query(({ ctx, input }) => readFamily(ctx, input)),
  candidates: engineers.output(Candidates).query(({ ctx }) => listCandidates(ctx.db)),
  createFamily: deciding
    .input(CreateFamily)
    .mutation(({ ctx, input }) =>
      createFamily(ctx.db, { family: input, actor: ctx.actor, now: ctx.clock() }),
    ),
  draft: deciding
    .input(DraftRelease)
    .output(OfRelease)
    .mutation(async ({ ctx, input }) => ({
      id: await draftRelease(ctx.db, {
        draft: input,
        memberId: ctx.actor.memberId,
        now: ctx.clock(),
      }),
    })),
  saveProse: deciding
    .input(SaveProse)
    .mutation(({ ctx, input }) =>
      saveProse(ctx.db, { text: input, actor: ctx.actor, now: ctx.clock() }),
    ),
  retryFormat: deciding
    .input(OfFormat)
    .mutation(({ ctx, input }) => retryFormat(ctx.db, { ...input, now: ctx.clock() })),
  dropFormat: deciding.input(OfFormat).mutation(({ ctx, input }) => dropFormat(ctx.db, input)),
  approve: deciding
    .input(DecideRelease)
    .mutation(({ ctx, input }) =>
      approveRelease(
        { db: ctx.db, pool: ctx.pool, blobs: createBlobs(readEnv().DATA_DIR) },
        { decision: input, actor: ctx.actor, origin: settledOrigin(), now: ctx.clock() },
      ),
    ),
  reject: deciding
    .input(DecideRelease)
    .mutation(({ ctx, input }) =>
      rejectRelease(ctx.db, { decision: input, actor: ctx.actor, now: ctx.clock() }),
    ),
  yank: deciding
    .input(DecideRelease)
    .mutation(({ ctx, input }) =>
      yankRelease(ctx.db, { decision: input, actor: ctx.actor, now: ctx.clock() }),
    ),
});

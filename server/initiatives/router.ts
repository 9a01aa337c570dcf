import { z } from "zod";
import { createBlobs } from "../platform/blobs.ts";
import { readEnv } from "../platform/env.ts";
import {
  createRouter,
  limited,
  memberProcedure,
  publicProcedure,
  roleProcedure,
  voiceProcedure,
} from "../rpc/procedures.ts";
import { assess } from "./assess/assess.ts";
import { answerAssignment, offerAssignment } from "./assess/assign.ts";
import { raiseConcern, resolveConcern } from "./assess/concerns.ts";
import { approve, decide } from "./assess/decide.ts";
import { merge, unmerge } from "./assess/merge.ts";
import { predict } from "./assess/predict.ts";
import { summarise } from "./assess/summarise.ts";
import { supersede } from "./assess/supersede.ts";
import {
  AnswerAssignment,
  AskContained,
  Assess,
  Budget,
  Contained,
  Counts,
  Decide,
  DecideTrial,
  InitiativeDetail,
  InitiativeId,
  InitiativeList,
  ListInitiatives,
  Merge,
  MoveTable,
  OfferAssignment,
  Overdue,
  Predict,
  RaiseConcern,
  ResolveConcern,
  Revise,
  RunProof,
  SaveDraft,
  SealTrial,
  Similar,
  State,
  Summarise,
  Supersede,
  TrialList,
  VersionText,
  Vote,
  VoteAnswer,
  Voters,
  WeeklyRound,
} from "./contract.ts";
import { countStates } from "./lists/count-states.ts";
import { findSimilar } from "./lists/find-similar.ts";
import { listDrafts } from "./lists/list-drafts.ts";
import { listInitiatives } from "./lists/list-initiatives.ts";
import { listMoves } from "./lists/list-moves.ts";
import { listOverdue } from "./lists/list-overdue.ts";
import { readBudget } from "./lists/read-budget.ts";
import { readInitiative } from "./lists/read-initiative.ts";
import { readVersion } from "./lists/read-version.ts";
import { readWeek } from "./lists/read-week.ts";
import type { OpenThread } from "./open-thread.ts";
import { publish } from "./propose/publish.ts";
import { revise } from "./propose/revise.ts";
import { saveDraft } from "./propose/save-draft.ts";
import { readRules } from "./read-rules.ts";
import { containedIn } from "./trial/contained-in.ts";
import { decideTrial } from "./trial/decide-trial.ts";
import { listTrials } from "./trial/list-trials.ts";
import { proveRun } from "./trial/prove-run.ts";
import { sealTrial } from "./trial/seal-trial.ts";
import { startTrial } from "./trial/start-trial.ts";
import { readVoters } from "./votes/read-voters.ts";
import { vote } from "./votes/vote.ts";

const Of = z.object({ id: InitiativeId });
const Moved = z.object({ state: State });
const memberOf = (actor: { kind: string; memberId?: string }) => actor.memberId ?? null;

/** A move that a role may make on others' proposals; the table in moves.ts says which role exactly. */
const deciding = roleProcedure("engineer", "moderator", "admin").use(limited("decide"));
const carrying = roleProcedure("engineer", "volunteer", "moderator").use(limited("decide"));

/** What needs no other feature. Each verb checks the move itself: see moves.ts. */
const procedures = {
  list: publicProcedure
    .input(ListInitiatives)
    .output(InitiativeList)
    .query(({ ctx, input }) =>
      listInitiatives(ctx.db, { ...input, memberId: memberOf(ctx.actor) }),
    ),
  counts: publicProcedure.output(Counts).query(({ ctx }) => countStates(ctx.db)),
  overdue: publicProcedure.output(Overdue).query(({ ctx }) => listOverdue(ctx.db, ctx.clock())),
  budget: publicProcedure
    .output(Budget)
    .query(({ ctx }) => readBudget(ctx.db, { now: ctx.clock(), rules: readRules() })),
  moves: publicProcedure.output(MoveTable).query(() => listMoves()),
  week: publicProcedure
    .input(z.object({ time: z.number().min(0).max(8.64e15).optional() }))
    .output(WeeklyRound)
    .query(({ ctx, input }) => readWeek(ctx.db, input.time ?? ctx.clock())),
  similar: publicProcedure
    .use(limited("search"))
    .input(z.object({ title: z.string().max(160), except: InitiativeId.optional() }))
    .output(Similar)
    .query(({ ctx, input }) => findSimilar(ctx.db, input)),
  read: publicProcedure
    .input(Of)
    .output(InitiativeDetail)
    .query(({ ctx, input }) =>
      readInitiative(ctx.db, { ...input, memberId: memberOf(ctx.actor), now: ctx.clock() }),
    ),
  version: publicProcedure
    .input(Of.extend({ number: z.int().positive() }))
    .output(VersionText)
    .query(({ ctx, input }) => readVersion(ctx.db, input)),
  voters: publicProcedure
    .input(Of.extend({ next: z.string().optional() }))
    .output(Voters)
    .query(({ ctx, input }) => readVoters(ctx.db, { ...input, now: ctx.clock() })),
  drafts: memberProcedure
    .output(
      z.object({
        drafts: z.array(z.object({ id: z.int(), title: z.string(), updatedAt: z.number() })),
      }),
    )
    .query(({ ctx }) => listDrafts(ctx.db, ctx.actor.memberId)),
  saveDraft: memberProcedure
    .use(limited("draft"))
    .input(SaveDraft)
    .output(Of)
    .mutation(async ({ ctx, input }) => ({
      id: await saveDraft(ctx.db, {
        ...{ ...input, authorId: ctx.actor.memberId, now: ctx.clock() },
      }),
    })),
  withdraw: memberProcedure
    .input(Decide)
    .output(Moved)
    .mutation(async ({ ctx, input }) => ({
      state: await decide(ctx.db, { ...input, ...who(ctx), name: "withdraw" }),
    })),
  vote: memberProcedure
    .use(limited("vote"))
    .input(Vote)
    .output(VoteAnswer)
    .mutation(({ ctx, input }) => vote(ctx.db, { ...input, actor: ctx.actor, now: ctx.clock() })),
  predict: memberProcedure
    .use(limited("vote"))
    .input(Predict)
    .mutation(({ ctx, input }) =>
      predict(ctx.db, { ...input, actor: ctx.actor, now: ctx.clock() }),
    ),
  raiseConcern: voiceProcedure
    .use(limited("post"))
    .input(RaiseConcern)
    .output(z.object({ id: z.int() }))
    .mutation(async ({ ctx, input }) => ({
      id: await raiseConcern(ctx.db, { ...input, actor: ctx.actor, now: ctx.clock() }),
    })),
  resolveConcern: voiceProcedure
    .use(limited("post"))
    .input(ResolveConcern)
    .mutation(({ ctx, input }) =>
      resolveConcern(ctx.db, { ...input, actor: ctx.actor, now: ctx.clock() }),
    ),
  takeUp: carrying
    .input(Decide)
    .output(Moved)
    .mutation(async ({ ctx, input }) => ({
      state: await decide(ctx.db, { ...input, ...who(ctx), name: "take-up" }),
    })),
  assess: deciding
    .input(Assess)
    .mutation(({ ctx, input }) => assess(ctx.db, { ...input, ...who(ctx) })),
  offer: deciding
    .input(OfferAssignment)
    .mutation(({ ctx, input }) =>
      offerAssignment(ctx.db, { ...input, actor: ctx.actor, now: ctx.clock() }),
    ),
  answerOffer: carrying
    .input(AnswerAssignment)
    .mutation(({ ctx, input }) => answerAssignment(ctx.db, { ...input, ...who(ctx) })),
  summarise: carrying
    .input(Summarise)
    .mutation(({ ctx, input }) => summarise(ctx.db, { ...input, actor: ctx.actor })),
  openComment: carrying
    .input(Decide)
    .output(Moved)
    .mutation(async ({ ctx, input }) => ({
      state: await decide(ctx.db, { ...input, ...who(ctx), name: "open-comment" }),
    })),
  approve: deciding
    .input(Decide)
    .output(Moved)
    .mutation(async ({ ctx, input }) => ({
      state: await approve(ctx.db, { ...input, ...who(ctx) }),
    })),
  decline: deciding
    .input(Decide)
    .output(Moved)
    .mutation(async ({ ctx, input }) => ({
      state: await decide(ctx.db, { ...input, ...who(ctx), name: "decline" }),
    })),
  defer: deciding
    .input(Decide)
    .output(Moved)
    .mutation(async ({ ctx, input }) => ({
      state: await decide(ctx.db, { ...input, ...who(ctx), name: "defer" }),
    })),
  resume: deciding
    .input(Decide)
    .output(Moved)
    .mutation(async ({ ctx, input }) => ({
      state: await decide(ctx.db, { ...input, ...who(ctx), name: "resume" }),
    })),
  merge: deciding
    .input(Merge)
    .mutation(({ ctx, input }) => merge(ctx.db, { ...input, ...who(ctx) })),
  unmerge: deciding
    .input(Decide)
    .mutation(({ ctx, input }) => unmerge(ctx.db, { ...input, ...who(ctx) })),
  trials: publicProcedure
    .input(Of)
    .output(TrialList)
    .query(({ ctx, input }) => listTrials(ctx.db, input.id)),
  ofRun: publicProcedure
    .input(AskContained.pick({ runId: true }))
    .output(RunProof)
    .query(({ ctx, input }) =>
      proveRun({ db: ctx.db, blobs: createBlobs(readEnv().DATA_DIR) }, input.runId),
    ),
  containedIn: publicProcedure
    .input(AskContained)
    .output(Contained)
    .query(({ ctx, input }) => containedIn(ctx.db, input)),
  sealTrial: roleProcedure("engineer")
    .use(limited("decide"))
    .input(SealTrial)
    .output(z.object({ id: z.string() }))
    .mutation(async ({ ctx, input }) => ({
      id: await sealTrial(ctx.db, { ...input, actor: ctx.actor, now: ctx.clock() }),
    })),
  startTrial: roleProcedure("engineer")
    .use(limited("command"))
    .input(Of)
    .mutation(({ ctx, input }) =>
      startTrial(ctx.db, { ...input, actor: ctx.actor, now: ctx.clock() }),
    ),
  decideTrial: roleProcedure("engineer")
    .use(limited("command"))
    .input(DecideTrial)
    .mutation(({ ctx, input }) => decideTrial(ctx.db, { ...input, ...who(ctx) })),
  supersede: deciding
    .input(Supersede)
    .mutation(({ ctx, input }) => supersede(ctx.db, { ...input, ...who(ctx) })),
};

/** Proposals, votes and decisions. Discussions are the forum's: `openThread` makes an initiative's thread. */
export const createInitiativesRouter = ({ openThread }: { openThread: OpenThread }) =>
  createRouter({
    ...procedures,
    publish: voiceProcedure
      .use(limited("initiative"))
      .input(Of)
      .mutation(({ ctx, input }) => publish(ctx.db, { ...input, ...who(ctx), openThread })),
    revise: voiceProcedure
      .use(limited("initiative"))
      .input(Revise)
      .output(z.object({ version: z.int() }))
      .mutation(async ({ ctx, input }) => ({
        version: await revise(ctx.db, { ...input, ...who(ctx), openThread }),
      })),
  });

function who<A>({ actor, clock }: { actor: A; clock: () => number }) {
  return { actor, now: clock(), rules: readRules() };
}

import {
  accountProcedure,
  createRouter,
  limited,
  memberProcedure,
  publicProcedure,
  roleProcedure,
} from "../rpc/procedures.ts";
import { appealAct } from "./appeal-act.ts";
import * as wire from "./contract.ts";
import { decideAppeal } from "./decide-appeal.ts";
import { decideCase } from "./decide-case.ts";
import { flagPost } from "./flag-post.ts";
import { liftLimit } from "./lift-limit.ts";
import { limitMember } from "./limit-member.ts";
import { listActs, listAppeals, listOwnActs } from "./list-acts.ts";
import { listCases } from "./list-cases.ts";
import { listWaiting, withdrawHeld } from "./withdraw-held.ts";

const moderatorProcedure = roleProcedure("moderator");

/** Flags by members, decisions by moderators, appeals to another moderator, and the log of it all. */
export const moderationRouter = createRouter({
  log: publicProcedure
    .input(wire.ListActs)
    .output(wire.ActList)
    .query(({ ctx, input }) => listActs(ctx.db, input)),
  flag: memberProcedure
    .use(limited("flag"))
    .input(wire.FlagPost)
    .output(wire.Flagged)
    .mutation(({ ctx, input }) => flagPost(ctx.db, { ...input, reporterId: ctx.actor.memberId })),
  mine: accountProcedure
    .output(wire.OwnActs)
    .query(({ ctx }) => listOwnActs(ctx.db, ctx.actor.memberId)),
  waiting: accountProcedure
    .output(wire.WaitingPosts)
    .query(({ ctx }) => listWaiting(ctx.db, ctx.actor.memberId)),
  withdraw: accountProcedure
    .use(limited("edit"))
    .input(wire.OfWaiting)
    .output(wire.Done)
    .mutation(({ ctx, input }) => withdrawHeld(ctx.db, { ...input, memberId: ctx.actor.memberId })),
  appeal: accountProcedure
    .use(limited("appeal"))
    .input(wire.Appeal)
    .output(wire.Done)
    .mutation(({ ctx, input }) => appealAct(ctx.db, { ...input, memberId: ctx.actor.memberId })),
  queue: moderatorProcedure
    .input(wire.ListCases)
    .output(wire.CaseList)
    .query(({ ctx, input }) => listCases(ctx.db, input)),
  decide: moderatorProcedure
    .input(wire.DecideCase)
    .output(wire.Done)
    .mutation(({ ctx, input }) => decideCase(ctx.db, { ...input, actorId: ctx.actor.memberId })),
  limit: moderatorProcedure
    .input(wire.LimitMember)
    .output(wire.Done)
    .mutation(({ ctx, input }) =>
      limitMember(ctx.db, { ...input, actorId: ctx.actor.memberId, now: ctx.clock() }),
    ),
  lift: moderatorProcedure
    .input(wire.LiftLimit)
    .output(wire.Done)
    .mutation(({ ctx, input }) =>
      liftLimit(ctx.db, { ...input, actorId: ctx.actor.memberId, now: ctx.clock() }),
    ),
  appeals: moderatorProcedure
    .output(wire.AppealList)
    .query(({ ctx }) => listAppeals(ctx.db, ctx.actor.memberId)),
  decideAppeal: moderatorProcedure
    .input(wire.DecideAppeal)
    .output(wire.Done)
    .mutation(({ ctx, input }) => decideAppeal(ctx.db, { ...input, actorId: ctx.actor.memberId })),
});

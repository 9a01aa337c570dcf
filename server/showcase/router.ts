import { z } from "zod";
import {
  createRouter,
  limited,
  memberProcedure,
  publicProcedure,
  roleProcedure,
  voiceProcedure,
} from "../rpc/procedures.ts";
import {
  Collection,
  CollectionList,
  Done,
  FeatureShowcase,
  FreezeMonth,
  GiveHeart,
  Hearts,
  HideShowcase,
  ListShowcase,
  Month,
  MoveStage,
  OfShowcase,
  PickShowcase,
  ReviseShowcase,
  ShowcaseDetail,
  ShowcaseItem,
  ShowcaseList,
  SubmitShowcase,
  UnpickShowcase,
  UsesList,
} from "./contract.ts";
import { featureShowcase } from "./feature-showcase.ts";
import { freezeMonth } from "./freeze-month.ts";
import { giveHeart } from "./give-heart.ts";
import { listFeatured } from "./list-featured.ts";
import { listShowcase } from "./list-showcase.ts";
import { listUses } from "./list-uses.ts";
import { moveStage } from "./move-stage.ts";
import { pickShowcase, unpickShowcase } from "./pick-showcase.ts";
import { listCollections, readCollection } from "./read-collection.ts";
import { readShowcase } from "./read-showcase.ts";
import { type OpenThread, reviseShowcase, submitShowcase } from "./submit-showcase.ts";
import { hideShowcase, withdrawShowcase } from "./withdraw-showcase.ts";

const done = { done: true } as const;
const memberOf = (actor: { kind: string; memberId?: string }) => actor.memberId ?? null;
const curating = roleProcedure("engineer", "moderator", "admin").use(limited("decide"));
const changing = voiceProcedure.use(limited("edit"));

const reading = {
  list: publicProcedure
    .input(ListShowcase)
    .output(ShowcaseList)
    .query(({ ctx, input }) =>
      listShowcase(ctx.db, { ...input, memberId: memberOf(ctx.actor), now: ctx.clock() }),
    ),
  read: publicProcedure
    .input(OfShowcase)
    .output(ShowcaseDetail)
    .query(({ ctx, input }) => readShowcase(ctx.db, { ...input, memberId: memberOf(ctx.actor) })),
  featured: publicProcedure
    .output(z.object({ items: z.array(ShowcaseItem) }))
    .query(async ({ ctx }) => ({ items: await listFeatured(ctx.db, memberOf(ctx.actor)) })),
  uses: publicProcedure
    .output(UsesList)
    .query(async ({ ctx }) => ({ uses: await listUses(ctx.db) })),
  collections: publicProcedure.output(CollectionList).query(({ ctx }) => listCollections(ctx.db)),
  collection: publicProcedure
    .input(z.object({ month: Month }))
    .output(Collection)
    .query(({ ctx, input }) => readCollection(ctx.db, { ...input, memberId: memberOf(ctx.actor) })),
};

const changes = {
  moveStage: changing
    .input(MoveStage)
    .output(Done)
    .mutation(async ({ ctx, input }) => {
      await moveStage(ctx.db, { ...input, actor: ctx.actor, now: ctx.clock() });
      return done;
    }),
  withdraw: changing
    .input(OfShowcase)
    .output(Done)
    .mutation(async ({ ctx, input }) => {
      await withdrawShowcase(ctx.db, { ...input, actor: ctx.actor });
      return done;
    }),
  heart: memberProcedure
    .use(limited("react"))
    .input(GiveHeart)
    .output(Hearts)
    .mutation(({ ctx, input }) =>
      giveHeart(ctx.db, { ...input, actor: ctx.actor, now: ctx.clock() }),
    ),
};

const curators = {
  pick: curating
    .input(PickShowcase)
    .output(Done)
    .mutation(async ({ ctx, input }) => {
      await pickShowcase(ctx.db, { pick: input, actor: ctx.actor, now: ctx.clock() });
      return done;
    }),
  unpick: curating
    .input(UnpickShowcase)
    .output(Done)
    .mutation(async ({ ctx, input }) => {
      await unpickShowcase(ctx.db, input);
      return done;
    }),
  freeze: roleProcedure("admin")
    .use(limited("decide"))
    .input(FreezeMonth)
    .output(Done)
    .mutation(async ({ ctx, input }) => {
      const { memberId } = ctx.actor;
      await freezeMonth(ctx.db, { ...input, actorId: memberId, now: ctx.clock() });
      return done;
    }),
  feature: roleProcedure("admin")
    .use(limited("decide"))
    .input(FeatureShowcase)
    .output(Done)
    .mutation(async ({ ctx, input }) => {
      await featureShowcase(ctx.db, { ...input, actor: ctx.actor, now: ctx.clock() });
      return done;
    }),
  hide: roleProcedure("moderator")
    .use(limited("decide"))
    .input(HideShowcase)
    .output(Done)
    .mutation(async ({ ctx, input }) => {
      await hideShowcase(ctx.db, { ...input, actor: ctx.actor, now: ctx.clock() });
      return done;
    }),
};

/** Applications and their monthly collections. Comments are the forum's: `openThread` makes an application's thread. */
export const createShowcaseRouter = ({ openThread }: { openThread: OpenThread }) =>
  createRouter({
    ...reading,
    ...changes,
    ...curators,
    submit: voiceProcedure
      .use(limited("showcase"))
      .input(SubmitShowcase)
      .output(OfShowcase)
      .mutation(async ({ ctx, input }) => ({
        id: await submitShowcase(ctx.db, {
          ...{ text: input, actor: ctx.actor, now: ctx.clock(), openThread },
        }),
      })),
    revise: changing
      .input(ReviseShowcase)
      .output(Done)
      .mutation(async ({ ctx, input }) => {
        const now = ctx.clock();
        await reviseShowcase(ctx.db, { text: input, actor: ctx.actor, now, openThread });
        return done;
      }),
  });

import {
  createRouter,
  entryProcedure,
  limited,
  publicProcedure,
  roleProcedure,
} from "../rpc/procedures.ts";
import { changeOffer } from "./change-offer.ts";
import {
  ChangeOffer,
  Done,
  ListOffers,
  MadeOffer,
  MakeOffer,
  OfferList,
  RemoveThanks,
  ThankFor,
  ThanksList,
} from "./contract.ts";
import { listOffers } from "./list-offers.ts";
import { makeOffer } from "./make-offer.ts";
import { listThanks, removeThanks, thank } from "./thank.ts";

const done = { done: true } as const;
const admins = roleProcedure("admin");
const deciding = admins.use(limited("decide"));

/** Offers of help, and whom we thank. Whoever offers needs no account; what they write only admins read. */
export const supportRouter = createRouter({
  thanks: publicProcedure.output(ThanksList).query(({ ctx }) => listThanks(ctx.db)),
  offer: entryProcedure
    .use(limited("support"))
    .input(MakeOffer)
    .output(MadeOffer)
    .mutation(({ ctx, input }) =>
      makeOffer(ctx.db, { offer: input, actor: ctx.actor, now: ctx.clock() }),
    ),
  offers: admins
    .input(ListOffers)
    .output(OfferList)
    .query(({ ctx, input }) => listOffers(ctx.db, input)),
  change: deciding
    .input(ChangeOffer)
    .output(Done)
    .mutation(async ({ ctx, input }) => {
      await changeOffer(ctx.db, { change: input, actor: ctx.actor, now: ctx.clock() });
      return done;
    }),
  thank: deciding
    .input(ThankFor)
    .output(Done)
    .mutation(async ({ ctx, input }) => {
      await thank(ctx.db, { thanks: input, actor: ctx.actor, now: ctx.clock() });
      return done;
    }),
  unthank: deciding
    .input(RemoveThanks)
    .output(Done)
    .mutation(async ({ ctx, input }) => {
      await removeThanks(ctx.db, { ...input, actor: ctx.actor, now: ctx.clock() });
      return done;
    }),
});

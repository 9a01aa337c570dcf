import { z } from "zod";
import { createRouter, limited, memberProcedure, publicProcedure } from "../rpc/procedures.ts";
import { acceptLicence } from "./accept-licence.ts";
import {
  Acceptance,
  AcceptLicence,
  LicenceLocale,
  LicenceTexts,
  MyAcceptances,
} from "./contract.ts";
import { licenceTexts } from "./licence-texts.ts";
import { listAcceptances } from "./list-acceptances.ts";

/** The terms under which models are released, and who accepted them. */
export const licencesRouter = createRouter({
  texts: publicProcedure
    .input(z.object({ locale: LicenceLocale }))
    .output(LicenceTexts)
    .query(({ input }) => licenceTexts(input.locale)),
  mine: publicProcedure
    .output(MyAcceptances)
    .query(({ ctx }) =>
      ctx.actor.kind === "member"
        ? listAcceptances(ctx.db, ctx.actor.memberId)
        : { current: null, acceptances: [] },
    ),
  accept: memberProcedure
    .use(limited("acceptance"))
    .input(AcceptLicence)
    .output(Acceptance)
    .mutation(({ ctx, input }) =>
      acceptLicence(ctx.db, {
        memberId: ctx.actor.memberId,
        accepted: input,
        method: "web",
        now: ctx.clock(),
      }),
    ),
});

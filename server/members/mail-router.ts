import { sessionCookie } from "../auth/session-cookie.ts";
import { accountProcedure, createRouter, limited } from "../rpc/procedures.ts";
import { askMailChange, confirmMailChange } from "./change-mail.ts";
import { ChangeMail, ConfirmMail, Done } from "./contract.ts";

const DONE = { done: true } as const;

/** Another mail address for one's account. */
export const mailRouter = createRouter({
  ask: accountProcedure
    .use(limited("account"))
    .input(ChangeMail)
    .output(Done)
    .mutation(async ({ ctx, input }) => {
      await askMailChange(ctx, { ...input, actor: ctx.actor, now: ctx.clock() });
      return DONE;
    }),
  confirm: accountProcedure
    .use(limited("account"))
    .input(ConfirmMail)
    .output(Done)
    .mutation(async ({ ctx, input }) => {
      const { secret } = await confirmMailChange(ctx.db, {
        ...{ ...input, actor: ctx.actor, now: ctx.clock() },
      });
      ctx.setHeader("set-cookie", sessionCookie(secret, ctx.secure));
      return DONE;
    }),
});

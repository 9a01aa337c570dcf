import { sessionCookie } from "../auth/session-cookie.ts";
import { readEnv } from "../platform/env.ts";
import { portalKey } from "../platform/portal-key.ts";
import type { Context } from "../rpc/context.ts";
import { accountProcedure, createRouter, entryProcedure, limited } from "../rpc/procedures.ts";
import { CodeTaken, Done, GiveCode, NewFactor } from "./contract.ts";
import { giveCode, removeFactor, renewRecoveryCodes, startFactor } from "./second-factor.ts";

const withKey = async (ctx: Context) => ({ ...ctx, key: await portalKey(readEnv().DATA_DIR) });

/** The second factor: setting it up, giving it, and its recovery codes. */
export const factorRouter = createRouter({
  start: accountProcedure
    .use(limited("account"))
    .output(NewFactor)
    .mutation(async ({ ctx }) => await startFactor(await withKey(ctx), { actor: ctx.actor })),
  /** For a session that waits for its code, and to confirm a new secret. */
  give: entryProcedure
    .use(limited("sign-in"))
    .input(GiveCode)
    .output(CodeTaken)
    .mutation(async ({ ctx, input }) => {
      const { actor } = ctx;
      const given = await giveCode(await withKey(ctx), { ...input, actor, now: ctx.clock() });
      ctx.setHeader("set-cookie", sessionCookie(given.secret, ctx.secure));
      return { recoveryCodes: given.recoveryCodes };
    }),
  remove: accountProcedure
    .use(limited("account"))
    .input(GiveCode)
    .output(Done)
    .mutation(async ({ ctx, input }) => {
      const { actor } = ctx;
      const { secret } = await removeFactor(await withKey(ctx), {
        ...input,
        actor,
        now: ctx.clock(),
      });
      ctx.setHeader("set-cookie", sessionCookie(secret, ctx.secure));
      return { done: true } as const;
    }),
  renewCodes: accountProcedure
    .use(limited("account"))
    .input(GiveCode)
    .output(CodeTaken)
    .mutation(async ({ ctx, input }) => {
      const { actor } = ctx;
      const stores = await withKey(ctx);
      const now = ctx.clock();
      return { recoveryCodes: await renewRecoveryCodes(stores, { ...input, actor, now }) };
    }),
});

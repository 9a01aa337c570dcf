import { sessionCookie } from "../auth/session-cookie.ts";
import { accountProcedure, createRouter, limited, memberProcedure } from "../rpc/procedures.ts";
import { askExport, listExports } from "./ask-export.ts";
import {
  DeleteAccount,
  Done,
  ExportList,
  MadeToken,
  NewToken,
  OfToken,
  TokenList,
} from "./contract.ts";
import { deleteAccount } from "./delete-account.ts";
import { createOwnToken, listOwnTokens, revokeOwnToken } from "./own-tokens.ts";

const DONE = { done: true } as const;

/** One's tokens, one's data, and the end of one's account. */
export const dataRouter = createRouter({
  tokens: accountProcedure
    .output(TokenList)
    .query(({ ctx }) => listOwnTokens(ctx.db, { actor: ctx.actor })),
  createToken: memberProcedure
    .use(limited("token"))
    .input(NewToken)
    .output(MadeToken)
    .mutation(({ ctx, input }) => createOwnToken(ctx.db, { ...input, actor: ctx.actor })),
  revokeToken: accountProcedure
    .use(limited("account"))
    .input(OfToken)
    .output(Done)
    .mutation(async ({ ctx, input }) => {
      await revokeOwnToken(ctx.db, { ...input, actor: ctx.actor, now: ctx.clock() });
      return DONE;
    }),
  exports: accountProcedure.output(ExportList).query(async ({ ctx }) => ({
    exports: await listExports(ctx.db, { actor: ctx.actor, now: ctx.clock() }),
  })),
  askExport: accountProcedure
    .use(limited("export"))
    .output(Done)
    .mutation(async ({ ctx }) => {
      await askExport(ctx.db, { actor: ctx.actor, now: ctx.clock() });
      return DONE;
    }),
  deleteAccount: accountProcedure
    .use(limited("account"))
    .input(DeleteAccount)
    .output(Done)
    .mutation(async ({ ctx, input }) => {
      await deleteAccount(ctx, { ...input, actor: ctx.actor, now: ctx.clock() });
      ctx.setHeader("set-cookie", sessionCookie("", ctx.secure));
      return DONE;
    }),
});

import { endSessions } from "../auth/end-sessions.ts";
import { sessionCookie } from "../auth/session-cookie.ts";
import type { Context } from "../rpc/context.ts";
import {
  accountProcedure,
  createRouter,
  entryProcedure,
  limited,
  publicProcedure,
} from "../rpc/procedures.ts";
import { askMail } from "./ask-mail.ts";
import { changePassword } from "./change-password.ts";
import {
  AskMail,
  ChangePassword,
  Done,
  EndSession,
  FinishReset,
  FinishSignUp,
  SessionList,
  SignedIn,
  SignIn,
  Visitor,
} from "./contract.ts";
import { dataRouter } from "./data-router.ts";
import { factorRouter } from "./factor-router.ts";
import { finishReset } from "./finish-reset.ts";
import { finishSignUp } from "./finish-sign-up.ts";
import { githubRouter } from "./github-router.ts";
import { listSessions } from "./list-sessions.ts";
import { mailRouter } from "./mail-router.ts";
import { profileRouter } from "./profile-router.ts";
import { showMe } from "./show-me.ts";
import { signIn } from "./sign-in.ts";
import { signOut } from "./sign-out.ts";

const DONE = { done: true } as const;

const setSession = (ctx: Context, secret: string): void =>
  ctx.setHeader("set-cookie", sessionCookie(secret, ctx.secure));

/** Ways in and out of an account, and what one's own account page needs. */
export const membersRouter = createRouter({
  factor: factorRouter,
  github: githubRouter,
  profile: profileRouter,
  data: dataRouter,
  mail: mailRouter,
  me: publicProcedure.output(Visitor).query(({ ctx }) => showMe(ctx.actor)),
  askSignUp: entryProcedure
    .use(limited("sign-up"))
    .input(AskMail)
    .output(Done)
    .mutation(async ({ ctx, input }) => {
      await askMail(ctx, { ...input, purpose: "sign_up", actor: ctx.actor, now: ctx.clock() });
      return DONE;
    }),
  finishSignUp: entryProcedure
    .use(limited("sign-in"))
    .input(FinishSignUp)
    .output(Done)
    .mutation(async ({ ctx, input }) => {
      const { userAgent } = ctx;
      const opened = await finishSignUp(ctx.db, { ...input, userAgent, now: ctx.clock() });
      await signOut(ctx.db, ctx.actor);
      setSession(ctx, opened.secret);
      return DONE;
    }),
  signIn: entryProcedure
    .use(limited("sign-in"))
    .input(SignIn)
    .output(SignedIn)
    .mutation(async ({ ctx, input }) => {
      const { actor, userAgent } = ctx;
      const opened = await signIn(ctx, { ...input, actor, userAgent, now: ctx.clock() });
      await signOut(ctx.db, actor);
      setSession(ctx, opened.secret);
      return { needsCode: opened.needsCode };
    }),
  signOut: entryProcedure.output(Done).mutation(async ({ ctx }) => {
    await signOut(ctx.db, ctx.actor);
    setSession(ctx, "");
    return DONE;
  }),
  askReset: entryProcedure
    .use(limited("reset"))
    .input(AskMail)
    .output(Done)
    .mutation(async ({ ctx, input }) => {
      await askMail(ctx, { ...input, purpose: "reset", actor: ctx.actor, now: ctx.clock() });
      return DONE;
    }),
  finishReset: entryProcedure
    .use(limited("sign-in"))
    .input(FinishReset)
    .output(Done)
    .mutation(async ({ ctx, input }) => {
      await finishReset(ctx.db, { ...input, now: ctx.clock() });
      return DONE;
    }),
  sessions: accountProcedure.output(SessionList).query(async ({ ctx }) => ({
    sessions: await listSessions(ctx.db, { actor: ctx.actor, now: ctx.clock() }),
  })),
  endSession: accountProcedure
    .use(limited("account"))
    .input(EndSession)
    .output(Done)
    .mutation(async ({ ctx, input }) => {
      const { memberId } = ctx.actor;
      await ctx.db.session.deleteMany({ where: { id: input.id, memberId } });
      return DONE;
    }),
  endOtherSessions: accountProcedure
    .use(limited("account"))
    .output(Done)
    .mutation(async ({ ctx }) => {
      const { memberId, sessionId } = ctx.actor;
      await endSessions(ctx.db, { memberId, except: sessionId });
      return DONE;
    }),
  changePassword: accountProcedure
    .use(limited("account"))
    .input(ChangePassword)
    .output(Done)
    .mutation(async ({ ctx, input }) => {
      const { actor } = ctx;
      const { secret } = await changePassword(ctx, { ...input, actor, now: ctx.clock() });
      setSession(ctx, secret);
      return DONE;
    }),
});

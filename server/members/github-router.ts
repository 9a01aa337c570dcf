import {
  askGithub,
  type GithubApp,
  GithubFlow,
  GithubIdentity,
  githubApp,
  startGithub,
} from "../auth/ask-github.ts";
import { flowCookie, readFlow } from "../auth/flow-cookie.ts";
import { sessionCookie } from "../auth/session-cookie.ts";
import { readEnv } from "../platform/env.ts";
import { AppError } from "../platform/errors.ts";
import { portalKey } from "../platform/portal-key.ts";
import type { Context } from "../rpc/context.ts";
import {
  accountProcedure,
  createRouter,
  entryProcedure,
  limited,
  publicProcedure,
} from "../rpc/procedures.ts";
import {
  Done,
  FinishGithub,
  GithubOffer,
  GithubStart,
  GithubStep,
  OpenGithub,
} from "./contract.ts";
import { enterByGithub, linkGithub, openGithubAccount, unlinkGithub } from "./github.ts";
import { portalOrigin } from "./portal-origin.ts";
import { signOut } from "./sign-out.ts";

/** An identity, and the member who was signed in when GitHub vouched for it: a link is confirmed by nobody else. */
const Vouched = GithubIdentity.extend({ memberId: GithubIdentity.shape.email });

const DONE = { done: true } as const;

const configured = (): GithubApp | null => {
  const env = readEnv();
  return githubApp(env, portalOrigin(env));
};

function requireApp(): GithubApp {
  const app = configured();
  if (app === null) {
    throw new AppError(
      "not_found",
      "This portal offers no sign-in through GitHub. Use a password.",
    );
  }
  return app;
}

const flow = async (ctx: Context, name: "github" | "github-identity") => ({
  key: await portalKey(readEnv().DATA_DIR),
  flow: name,
  now: ctx.clock(),
});

async function keep(ctx: Context, name: "github" | "github-identity", value: unknown) {
  const { secure } = ctx;
  ctx.setHeader("set-cookie", flowCookie(await flow(ctx, name), { value, secure }));
}

const setSession = (ctx: Context, secret: string): void =>
  ctx.setHeader("set-cookie", sessionCookie(secret, ctx.secure));

function expired(): AppError {
  return new AppError(
    "bad_request",
    "This sign-in took too long or is another browser's. Start it again.",
    {
      details: { reason: "flow-expired" },
    },
  );
}

async function readVouched(ctx: Context) {
  const vouched = readFlow(await flow(ctx, "github-identity"), ctx.cookie, Vouched);
  if (vouched === null) {
    throw expired();
  }
  return vouched;
}

/** Signing in through GitHub: every step that changes something is a POST of our own page. */
export const githubRouter = createRouter({
  offer: publicProcedure.output(GithubOffer).query(() => ({ offered: configured() !== null })),
  start: entryProcedure
    .use(limited("sign-in"))
    .output(GithubStart)
    .mutation(async ({ ctx }) => {
      const started = await startGithub(requireApp());
      await keep(ctx, "github", started.flow);
      return { url: started.url };
    }),
  finish: entryProcedure
    .use(limited("sign-in"))
    .input(FinishGithub)
    .output(GithubStep)
    .mutation(async ({ ctx, input }) => {
      const begun = readFlow(await flow(ctx, "github"), ctx.cookie, GithubFlow);
      if (begun === null) {
        throw expired();
      }
      const { actor, userAgent } = ctx;
      const identity = await askGithub(requireApp(), { ...input, flow: begun });
      const outcome = await enterByGithub(ctx.db, { identity, actor, userAgent, now: ctx.clock() });
      const { login } = identity;
      if (outcome.next === "in") {
        await signOut(ctx.db, actor);
        await keep(ctx, "github", undefined);
        setSession(ctx, outcome.secret);
        return { next: "in" as const, login, needsCode: outcome.needsCode };
      }
      const memberId = actor.kind === "member" ? actor.memberId : null;
      await keep(ctx, "github-identity", { ...identity, memberId });
      return { next: outcome.next, login, needsCode: false };
    }),
  open: entryProcedure
    .use(limited("sign-up"))
    .input(OpenGithub)
    .output(Done)
    .mutation(async ({ ctx, input }) => {
      const identity = await readVouched(ctx);
      const { userAgent } = ctx;
      const now = ctx.clock();
      const opened = await openGithubAccount(ctx.db, { ...input, identity, userAgent, now });
      await signOut(ctx.db, ctx.actor);
      await keep(ctx, "github-identity", undefined);
      setSession(ctx, opened.secret);
      return DONE;
    }),
  link: accountProcedure
    .use(limited("account"))
    .output(Done)
    .mutation(async ({ ctx }) => {
      const { memberId, ...identity } = await readVouched(ctx);
      if (memberId !== ctx.actor.memberId) {
        throw expired();
      }
      await linkGithub(ctx.db, { identity, actor: ctx.actor });
      await keep(ctx, "github-identity", undefined);
      return DONE;
    }),
  unlink: accountProcedure
    .use(limited("account"))
    .output(Done)
    .mutation(async ({ ctx }) => {
      await unlinkGithub(ctx.db, { actor: ctx.actor });
      return DONE;
    }),
});

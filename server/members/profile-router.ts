import {
  accountProcedure,
  createRouter,
  limited,
  publicProcedure,
  roleProcedure,
} from "../rpc/procedures.ts";
import {
  Activity,
  ChangeRole,
  Done,
  ListActivity,
  OfMember,
  OwnSettings,
  Profile,
  RoleChanged,
  Rules,
  Settings,
  Team,
} from "./contract.ts";
import { grantRole, revokeRole } from "./grant-role.ts";
import { listActivity, readProfile } from "./read-profile.ts";
import { readSettings, saveSettings } from "./settings.ts";
import { showRules, showTeam } from "./show-rules.ts";

/** Members as others see them, the published rules, and what one says about oneself. */
export const profileRouter = createRouter({
  read: publicProcedure
    .input(OfMember)
    .output(Profile)
    .query(({ ctx, input }) => readProfile(ctx.db, { ...input, now: ctx.clock() })),
  activity: publicProcedure
    .input(ListActivity)
    .output(Activity)
    .query(({ ctx, input }) => listActivity(ctx.db, input)),
  team: publicProcedure.output(Team).query(({ ctx }) => showTeam(ctx.db)),
  rules: publicProcedure.output(Rules).query(({ ctx }) => showRules(ctx.db)),
  settings: accountProcedure
    .output(OwnSettings)
    .query(({ ctx }) => readSettings(ctx.db, { actor: ctx.actor })),
  saveSettings: accountProcedure
    .use(limited("account"))
    .input(Settings)
    .output(Done)
    .mutation(async ({ ctx, input }) => {
      await saveSettings(ctx.db, { ...input, actor: ctx.actor });
      return { done: true } as const;
    }),
  grantRole: roleProcedure("admin")
    .use(limited("account"))
    .input(ChangeRole)
    .output(RoleChanged)
    .mutation(async ({ ctx, input }) => {
      const actorId = ctx.actor.memberId;
      const { number } = await grantRole(ctx.db, { ...input, actorId, now: ctx.clock() });
      return { decision: number };
    }),
  revokeRole: roleProcedure("admin")
    .use(limited("account"))
    .input(ChangeRole)
    .output(RoleChanged)
    .mutation(async ({ ctx, input }) => {
      const actorId = ctx.actor.memberId;
      const { number } = await revokeRole(ctx.db, { ...input, actorId, now: ctx.clock() });
      return { decision: number };
    }),
});

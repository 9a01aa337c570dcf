import { z } from "zod";
import { readEnv } from "../platform/env.ts";
import { portalKey } from "../platform/portal-key.ts";
import { createRouter, limited, memberProcedure } from "../rpc/procedures.ts";
import {
  Alerts,
  AlertsList,
  DeliveryList,
  FoundAlerts,
  SaveAlerts,
  TestDelivery,
} from "./contract.ts";
import { listAlerts, readAlerts } from "./list-alerts.ts";
import { listDeliveries } from "./list-deliveries.ts";
import { removeAlerts } from "./remove-alerts.ts";
import { saveAlerts } from "./save-alerts.ts";
import { testWebhook } from "./test-webhook.ts";

const OfRun = z.object({ runId: z.string() });
const Done = z.object({ done: z.literal(true) });
const key = () => portalKey(readEnv().DATA_DIR);

/** What members want to hear of runs. */
export const alertsRouter = createRouter({
  list: memberProcedure
    .output(AlertsList)
    .query(async ({ ctx }) =>
      listAlerts(ctx.db, { memberId: ctx.actor.memberId, key: await key() }),
    ),
  read: memberProcedure
    .input(OfRun)
    .output(FoundAlerts)
    .query(async ({ ctx, input }) => {
      const mine = { ...input, memberId: ctx.actor.memberId, key: await key() };
      return { alerts: await readAlerts(ctx.db, mine) };
    }),
  save: memberProcedure
    .use(limited("alert"))
    .input(SaveAlerts)
    .output(Alerts)
    .mutation(async ({ ctx, input }) => {
      const mine = { memberId: ctx.actor.memberId, key: await key(), now: ctx.clock() };
      return await saveAlerts(ctx.db, { ...input, ...mine });
    }),
  remove: memberProcedure
    .input(OfRun)
    .output(Done)
    .mutation(async ({ ctx, input }) => {
      await removeAlerts(ctx.db, { ...input, memberId: ctx.actor.memberId });
      return { done: true as const };
    }),
  test: memberProcedure
    .use(limited("alert"))
    .input(OfRun)
    .output(TestDelivery)
    .mutation(async ({ ctx, input }) => {
      const { WEBHOOKS_TO_LOOPBACK: allowLoopback } = readEnv();
      const mine = { memberId: ctx.actor.memberId, key: await key(), now: ctx.clock() };
      return await testWebhook(ctx.db, { ...input, ...mine, allowLoopback });
    }),
  deliveries: memberProcedure
    .input(OfRun)
    .output(DeliveryList)
    .query(({ ctx, input }) => listDeliveries(ctx.db, { ...input, memberId: ctx.actor.memberId })),
});

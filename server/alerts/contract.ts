import { z } from "zod";
import type { EventKind } from "../runs/contract.ts";

/** What a member can be told about. */
export const ALERT_KINDS = [
  "spike",
  "nan",
  "stall",
  "slow",
  "rollback",
  "checkpoint",
  "evaluation",
  "release",
  "finish",
] as const satisfies EventKind[];
export const AlertKind = z.enum(ALERT_KINDS);
export type AlertKind = z.infer<typeof AlertKind>;

export const WebhookUrl = z
  .url({
    protocol: /^https?$/,
    error: "Give an address that begins with https:// or http://.",
  })
  .max(500)
  .refine((address) => {
    const { username, password } = new URL(address);
    return username === "" && password === "";
  }, "Leave the name and password out of the address: the signature says who calls.");

/** One subscription per member and run. */
export const SaveAlerts = z.object({
  runId: z.string(),
  kinds: z.array(AlertKind).min(1, "Choose what to be told of, or remove the alerts.").max(20),
  inApp: z.boolean().default(true),
  mail: z.boolean().default(false),
  /** Null: no webhook. A new address gets a new secret. */
  webhook: WebhookUrl.nullable().default(null),
  /** Of the mails. */
  language: z.enum(["en", "zh"]).default("en"),
});
export type SaveAlerts = z.infer<typeof SaveAlerts>;

export const Alerts = z.object({
  id: z.string(),
  runId: z.string(),
  runName: z.string(),
  kinds: z.array(AlertKind),
  inApp: z.boolean(),
  mail: z.boolean(),
  webhook: z.string().nullable(),
  /** The key of the signatures, `whsec_` and base64; shown to its owner only. */
  secret: z.string().nullable(),
});
export type Alerts = z.infer<typeof Alerts>;

export const AlertsList = z.object({ alerts: z.array(Alerts) });
export type AlertsList = z.infer<typeof AlertsList>;
export const FoundAlerts = z.object({ alerts: Alerts.nullable() });
export type FoundAlerts = z.infer<typeof FoundAlerts>;

export const Channel = z.enum(["app", "mail", "webhook"]);
export type Channel = z.infer<typeof Channel>;
export const DeliveryState = z.enum(["waiting", "delivered", "failed"]);
export type DeliveryState = z.infer<typeof DeliveryState>;
export const Delivery = z.object({
  id: z.string(),
  eventId: z.string(),
  kind: z.string(),
  channel: Channel,
  state: DeliveryState,
  tries: z.int(),
  createdAt: z.number(),
  deliveredAt: z.number().nullable(),
  nextTryAt: z.number().nullable(),
  /** What the last try said: a status code, or why there was none. */
  lastAnswer: z.string().nullable(),
});
export type Delivery = z.infer<typeof Delivery>;
export const DeliveryList = z.object({ deliveries: z.array(Delivery) });
export type DeliveryList = z.infer<typeof DeliveryList>;

/** The outcome of a test delivery: what the receiver answered, or why nothing could be sent. */
export const TestDelivery = z.object({ delivered: z.boolean(), answer: z.string() });
export type TestDelivery = z.infer<typeof TestDelivery>;

/** NOTIFY channel on which the database says that something waits to be told. */
export const ALERT_CHANNEL = "alert_delivery";

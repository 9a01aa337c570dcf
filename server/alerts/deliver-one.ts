import { unseal } from "../auth/seal.ts";
import type { Mail } from "../auth/send-mail.ts";
import type { NotificationKind } from "../notifications/contract.ts";
import { notifyMembers } from "../notifications/notify-members.ts";
import type { Db, Prisma } from "../platform/db.ts";
import { type AlertContent, eventPath, webhookBody } from "./alert-content.ts";
import { ALERT_TEXTS } from "./alert-texts.ts";
import type { AlertKind, Channel } from "./contract.ts";
import { type Posted, postWebhook } from "./post-webhook.ts";
import { signWebhook } from "./sign-webhook.ts";

export type Delivering = {
  db: Db;
  key: Buffer;
  /** The portal's own address. */
  origin: string;
  allowLoopback: boolean;
  now: () => number;
  sendMail: (mail: Mail) => Promise<void>;
};

const WANTED = {
  id: true,
  channel: true,
  eventId: true,
  subscription: {
    select: {
      id: true,
      memberId: true,
      runId: true,
      webhook: true,
      secret: true,
      language: true,
      run: { select: { name: true } },
      member: { select: { email: true, emailVerifiedAt: true, deletedAt: true } },
    },
  },
} satisfies Prisma.AlertDeliverySelect;
export type WaitingDelivery = Prisma.AlertDeliveryGetPayload<{ select: typeof WANTED }>;

/** Makes one try at a claimed delivery. What has gone in the meantime is not tried again. */
export async function tryDelivery(tools: Delivering, id: string): Promise<Posted> {
  const delivery = await tools.db.alertDelivery.findUnique({ where: { id }, select: WANTED });
  const content = delivery === null ? null : await readContent(tools.db, delivery);
  if (delivery === null || content === null || delivery.subscription.member.deletedAt !== null) {
    return { delivered: false, answer: "What was to be told is gone.", final: true };
  }
  return await WAYS[delivery.channel as Channel](tools, { delivery, content });
}

type Told = { delivery: WaitingDelivery; content: AlertContent };

const WAYS: Record<Channel, (tools: Delivering, told: Told) => Promise<Posted>> = {
  app: tellInApp,
  mail: tellByMail,
  webhook: tellByWebhook,
};

/** The run's own notifications; for the rest there is one that names the event. */
const KINDS: Partial<Record<AlertKind, NotificationKind & `run-${string}`>> = {
  spike: "run-spike",
  nan: "run-nan",
  stall: "run-stall",
  checkpoint: "run-checkpoint",
};

/** Told and marked in one transaction: exactly once, whatever dies in between. */
async function tellInApp({ db, now }: Delivering, { delivery, content }: Told): Promise<Posted> {
  const { event, runName } = content;
  const posted = { delivered: true, answer: "shown" };
  const deliveredAt = new Date(now());
  const tell = async (tx: Db) => {
    const { count } = await tx.alertDelivery.updateMany({
      where: { id: delivery.id, state: "waiting" },
      data: { state: "delivered", lastAnswer: posted.answer, deliveredAt },
    });
    if (count === 1) {
      await notifyMembers(tx, {
        memberIds: [delivery.subscription.memberId],
        kind: KINDS[event.kind] ?? "run-event",
        subject: { type: "run-event", id: event.id, url: eventPath(content) },
        data: { run: runName, step: event.step, event: event.kind },
      });
    }
  };
  await ("$transaction" in db ? db.$transaction(tell) : tell(db));
  return posted;
}

async function tellByMail(tools: Delivering, { delivery, content }: Told): Promise<Posted> {
  const { member, language } = delivery.subscription;
  if (member.email === null || member.emailVerifiedAt === null) {
    return { delivered: false, answer: "The account has no confirmed mail address.", final: true };
  }
  const tongue = language === "zh" ? "zh" : "en";
  const { kind, step, message } = content.event;
  const link = `${tools.origin}/${tongue}${eventPath(content)}`;
  const told = { kind, step, message, run: content.runName, link };
  try {
    await tools.sendMail({ to: member.email, ...ALERT_TEXTS[tongue].write(told) });
    return { delivered: true, answer: "sent" };
  } catch (error) {
    return { delivered: false, answer: (error as Error).message.slice(0, 200) };
  }
}

async function tellByWebhook(tools: Delivering, { delivery, content }: Told): Promise<Posted> {
  const { id, webhook, secret } = delivery.subscription;
  if (webhook === null || secret === null) {
    return { delivered: false, answer: "The webhook was taken away.", final: true };
  }
  const body = webhookBody(content, tools.origin);
  const headers = signWebhook({
    secret: unseal(tools.key, { sealed: secret, owner: id }),
    id: delivery.id,
    seconds: Math.floor(tools.now() / 1000),
    body,
  });
  return await postWebhook({ url: webhook, body, headers, allowLoopback: tools.allowLoopback });
}

async function readContent(db: Db, { eventId, subscription }: WaitingDelivery) {
  const event = await db.runEvent.findUnique({
    where: { id: eventId },
    select: {
      ...{ id: true, attempt: true, kind: true, step: true, time: true },
      ...{ message: true, source: true, data: true },
    },
  });
  if (event === null) {
    return null;
  }
  const told = { ...event, kind: event.kind as AlertKind };
  return {
    runId: subscription.runId,
    runName: subscription.run.name,
    event: { ...told, step: Number(event.step), time: event.time.getTime() },
  };
}

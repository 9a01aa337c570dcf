import { z } from "zod";

/** Everything that members are told, with the names that its text uses (texts: messages/LANGUAGE/notifications.json). */
export const NOTIFICATION_KINDS = {
  mention: ["author", "title"],
  reply: ["author", "title"],
  quote: ["author", "title"],
  thread: ["author", "title"],
  accepted: ["author", "title"],
  "post-held": ["title"],
  "post-released": ["title"],
  "post-refused": ["title"],
  "post-hidden": ["title"],
  warned: ["reason"],
  silenced: ["until", "reason"],
  suspended: ["until", "reason"],
  "limit-lifted": ["reason"],
  "appeal-decided": ["outcome"],
  "review-waiting": ["count"],
  "role-granted": ["role"],
  "role-revoked": ["role"],
  "trust-changed": ["from", "to"],
  "initiative-assessed": ["title", "outcome"],
  "initiative-assigned": ["title"],
  "initiative-comment": ["author", "title"],
  "initiative-revised": ["title"],
  "initiative-decided": ["title", "outcome"],
  "initiative-trial": ["title", "run", "step"],
  "initiative-shipped": ["title", "step", "checkpoint"],
  "initiative-rolled-back": ["title", "step", "reason"],
  "run-spike": ["run", "step"],
  "run-nan": ["run", "step"],
  "run-stall": ["run"],
  "run-checkpoint": ["run", "step"],
  "run-event": ["run", "step", "event"],
  release: ["release"],
  "release-yanked": ["release", "reason"],
  "licence-changed": ["release"],
  "showcase-collected": ["title", "month"],
  "support-offered": ["kind"],
} as const satisfies Record<string, readonly string[]>;

export type NotificationKind = keyof typeof NOTIFICATION_KINDS;

/** The names that a kind's text uses, each a string or a number. */
export type NotificationData<K extends NotificationKind> = Record<
  (typeof NOTIFICATION_KINDS)[K][number],
  string | number
>;

/** NOTIFY channel that wakes whoever shows a member's notifications; the payload is the member's id. */
export const NOTIFICATION_CHANNEL = "member_notification";

/** Numbers of notifications go beyond what JSON's numbers hold, so they travel as text. */
const Number64 = z.string().regex(/^\d{1,19}$/);

export const ListNotifications = z.object({
  unread: z.boolean().default(false),
  limit: z.int().min(1).max(50).default(20),
  /** The list goes on below this one; the name is the one that endless queries use. */
  cursor: Number64.optional(),
});
export type ListNotifications = z.infer<typeof ListNotifications>;

const NotificationItem = z.object({
  id: Number64,
  kind: z.string(),
  url: z.string(),
  data: z.record(z.string(), z.union([z.string(), z.number()])),
  createdAt: z.number(),
  read: z.boolean(),
});
export type NotificationItem = z.infer<typeof NotificationItem>;

export const NotificationList = z.object({
  notifications: z.array(NotificationItem),
  next: Number64.nullable(),
});
export type NotificationList = z.infer<typeof NotificationList>;

/** At most a hundred are counted: more than that is "99+". */
export const UnreadCount = z.object({ count: z.int() });

/** One, or all up to one: what came after the list was drawn stays unread. */
export const MarkNotifications = z.object({ id: Number64, upTo: z.boolean().default(false) });
export type MarkNotifications = z.infer<typeof MarkNotifications>;
export const NotificationsMarked = z.object({ done: z.literal(true) });

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
} as const satisfies Record<string, readonly string[]>;

export type NotificationKind = keyof typeof NOTIFICATION_KINDS;

/** The names that a kind's text uses, each a string or a number. */
export type NotificationData<K extends NotificationKind> = Record<
  (typeof NOTIFICATION_KINDS)[K][number],
  string | number
>;

/** NOTIFY channel that wakes whoever shows a member's notifications; the payload is the member's id. */
export const NOTIFICATION_CHANNEL = "member_notification";

import { z } from "zod";

/** Why a post may be flagged: six reasons, and no other. */
export const FLAG_REASONS = [
  "spam",
  "off_topic",
  "disrespect",
  "harm",
  "private",
  "rights",
] as const;

const Reason = z.string().trim().min(3, "Give a reason that everyone can read.").max(500);
const PostId = z.int().positive();
export const Done = z.object({ done: z.literal(true) });

export const FlagPost = z.object({
  postId: PostId,
  reason: z.enum(FLAG_REASONS),
  /** For the moderators only. */
  note: z.string().trim().max(500).default(""),
});
export type FlagPost = z.infer<typeof FlagPost>;
export const Flagged = z.object({ again: z.boolean() });

const Author = z.object({
  id: z.string(),
  name: z.string(),
  avatar: z.string().nullable(),
  roles: z.array(z.string()),
  trust: z.int(),
  deleted: z.boolean(),
});

const CasePlace = z.object({ at: z.int(), id: z.string().max(40) });
export const ListCases = z.object({
  limit: z.int().min(1).max(50).default(20),
  cursor: CasePlace.optional(),
});
export type ListCases = z.infer<typeof ListCases>;

const Case = z.object({
  id: z.string(),
  version: z.int(),
  source: z.string(),
  /** Rules that spoke, with what they saw. */
  signals: z.array(z.string()),
  flags: z.array(z.object({ reason: z.string(), note: z.string(), count: z.int() })),
  openedAt: z.number(),
  post: z.object({
    id: z.int(),
    threadId: z.int(),
    threadTitle: z.string(),
    number: z.int().nullable(),
    state: z.string(),
    body: z.string(),
  }),
  author: Author,
});
export const CaseList = z.object({ cases: z.array(Case), next: CasePlace.nullable() });
export type CaseList = z.infer<typeof CaseList>;
export type Case = z.infer<typeof Case>;

export const DecideCase = z.object({
  caseId: z.string().max(40),
  /** The version that was looked at. */
  version: z.int(),
  /** approve: the post is (again) shown. hide: it is hidden. dismiss: it stays as it is. */
  outcome: z.enum(["approve", "hide", "dismiss"]),
  reason: Reason,
});
export type DecideCase = z.infer<typeof DecideCase>;

export const LimitMember = z.object({
  memberId: z.string().max(40),
  kind: z.enum(["warn", "silence", "suspend"]),
  /** When it ends by itself; a warning has no end. */
  days: z.int().min(1).max(365).optional(),
  reason: Reason,
});
export type LimitMember = z.infer<typeof LimitMember>;

export const LiftLimit = z.object({ actId: z.string().max(40), reason: Reason });
export type LiftLimit = z.infer<typeof LiftLimit>;

export const OfWaiting = z.object({ postId: PostId });
export const WaitingPosts = z.object({
  posts: z.array(
    z.object({ id: z.int(), title: z.string(), body: z.string(), createdAt: z.number() }),
  ),
});
export type WaitingPosts = z.infer<typeof WaitingPosts>;

const ActPlace = z.object({ at: z.int(), id: z.string().max(40) });
export const ListActs = z.object({
  limit: z.int().min(1).max(50).default(30),
  cursor: ActPlace.optional(),
});
export type ListActs = z.infer<typeof ListActs>;
const Act = z.object({
  id: z.string(),
  kind: z.string(),
  postId: z.int().nullable(),
  threadId: z.int().nullable(),
  reason: z.string(),
  endsAt: z.number().nullable(),
  revokedAt: z.number().nullable(),
  decision: z.int(),
  createdAt: z.number(),
  /** open | upheld | overturned, when it was appealed. */
  appeal: z.string().nullable(),
});
export type Act = z.infer<typeof Act>;
export const ActList = z.object({ acts: z.array(Act), next: ActPlace.nullable() });
export type ActList = z.infer<typeof ActList>;

const OwnAct = Act.extend({ mayAppeal: z.boolean(), answer: z.string() });
export const OwnActs = z.object({ acts: z.array(OwnAct) });
export type OwnActs = z.infer<typeof OwnActs>;

export const Appeal = z.object({
  actId: z.string().max(40),
  text: z.string().trim().min(10, "Say in a sentence or two why it should be undone.").max(2_000),
});
export type Appeal = z.infer<typeof Appeal>;

export const AppealList = z.object({
  appeals: z.array(
    z.object({
      id: z.string(),
      text: z.string(),
      createdAt: z.number(),
      act: Act,
      member: Author,
      /** Who acted does not decide. */
      mayDecide: z.boolean(),
    }),
  ),
});
export type AppealList = z.infer<typeof AppealList>;

export const DecideAppeal = z.object({
  appealId: z.string().max(40),
  overturn: z.boolean(),
  answer: Reason,
});
export type DecideAppeal = z.infer<typeof DecideAppeal>;

import { z } from "zod";
import { MemberRef } from "../members/contract.ts";

/** What an application goes through, in any order its author likes. */
export const STAGES = ["idea", "prototype", "code", "finished"] as const;
export const Stage = z.enum(STAGES);
export type Stage = z.infer<typeof Stage>;

/** The rule by which a month's collection is made, printed on its page. */
export const COLLECTION_RULE = {
  /** Most applications on the month's list. */
  listed: 12,
  /** Hours after the month's end within which curators write; the collection is frozen then. */
  hours: 48,
} as const;

/** Applications on one page of the list. */
export const PAGE_LENGTH = 24;
export const PICTURE_BYTES = 5_000_000;

export const Month = z.string().regex(/^20\d{2}-(0[1-9]|1[0-2])$/, "Write a month like 2026-11.");
export const ShowcaseId = z.int().positive().max(2_000_000_000);

export const LINK_KINDS = ["repository", "demo"] as const;
const LinkKind = z.enum(LINK_KINDS);

const WebAddress = z
  .url({ protocol: /^https?$/, hostname: /\./ })
  .max(500)
  .refine((url) => new URL(url).username === "", "Leave names and passwords out of addresses.");

const Title = z.string().trim().min(4, "A title has at least 4 characters.").max(100);

export const SubmitShowcase = z.object({
  title: Title,
  summary: z.string().trim().min(10, "Say in a sentence what it does.").max(240),
  body: z.string().trim().max(20_000).default(""),
  stage: Stage,
  /** Of `uses`: "release:rel_…" or "checkpoint:ckpt_…"; null while it runs on none. */
  usesId: z
    .string()
    .regex(/^(release|checkpoint):[\w-]{1,60}$/)
    .nullable(),
  repository: WebAddress.nullable(),
  demo: WebAddress.nullable(),
  tags: z
    .array(z.string().regex(/^[\p{L}\p{N}][\p{L}\p{N}-]{0,23}$/u, "A tag is one word."))
    .max(5),
});
export type SubmitShowcase = z.infer<typeof SubmitShowcase>;
export const ReviseShowcase = SubmitShowcase.omit({ stage: true }).extend({ id: ShowcaseId });
export type ReviseShowcase = z.infer<typeof ReviseShowcase>;
export const OfShowcase = z.object({ id: ShowcaseId });
export const MoveStage = OfShowcase.extend({ stage: Stage });
export const GiveHeart = OfShowcase.extend({ on: z.boolean() });
export const Hearts = z.object({ hearts: z.int(), given: z.boolean() });
export type Hearts = z.infer<typeof Hearts>;

export const ShowcaseLink = z.object({
  kind: LinkKind,
  url: z.string(),
  state: z.enum(["unchecked", "alive", "dead", "refused"]),
  answer: z.string(),
  checkedAt: z.number().nullable(),
});
export type ShowcaseLink = z.infer<typeof ShowcaseLink>;

export const ShowcaseItem = z.object({
  id: ShowcaseId,
  title: z.string(),
  summary: z.string(),
  stage: Stage,
  author: MemberRef,
  tags: z.array(z.string()),
  usesName: z.string().nullable(),
  image: z.object({ sha256: z.string(), width: z.int(), height: z.int() }).nullable(),
  hearts: z.int(),
  /** Whether the one who asks gave one. */
  given: z.boolean(),
  comments: z.int(),
  /** A link that was given leads nowhere any more. */
  deadLink: z.boolean(),
  featured: z.boolean(),
  createdAt: z.number(),
});
export type ShowcaseItem = z.infer<typeof ShowcaseItem>;

export const ORDERS = ["month", "hearts", "newest"] as const;
export const ListShowcase = z.object({
  stage: Stage.optional(),
  tag: z.string().max(24).optional(),
  order: z.enum(ORDERS).default("month"),
  page: z.int().min(1).max(1_000).default(1),
});
export type ListShowcase = z.infer<typeof ListShowcase>;
export const ShowcaseList = z.object({
  items: z.array(ShowcaseItem),
  more: z.boolean(),
  /** The month is young: the order is drawn by lot, anew each hour. */
  byLot: z.boolean(),
});
export type ShowcaseList = z.infer<typeof ShowcaseList>;

export const ShowcaseDetail = ShowcaseItem.extend({
  body: z.string(),
  usesId: z.string().nullable(),
  links: z.array(ShowcaseLink),
  stages: z.array(z.object({ stage: Stage, at: z.number() })),
  picks: z.array(z.object({ month: Month, place: z.int(), reason: z.string() })),
  threadId: z.int().nullable(),
  mine: z.boolean(),
});
export type ShowcaseDetail = z.infer<typeof ShowcaseDetail>;

/** What an application can run on. */
export const UsesList = z.object({ uses: z.array(z.object({ id: z.string(), name: z.string() })) });

export const PickShowcase = OfShowcase.extend({
  month: Month,
  reason: z
    .string()
    .trim()
    .min(10, "Say in a sentence why it belongs into the collection.")
    .max(500),
  /** What the curator has to do with it; null declares: nothing. */
  conflict: z.string().trim().min(3).max(300).nullable(),
});
export type PickShowcase = z.infer<typeof PickShowcase>;
export const UnpickShowcase = OfShowcase.extend({ month: Month });
export const FreezeMonth = z.object({ month: Month });

const Pick = z.object({
  place: z.int(),
  hearts: z.int(),
  reason: z.string(),
  conflict: z.string().nullable(),
  curator: MemberRef,
  stage: Stage,
  item: ShowcaseItem,
});
export const Collection = z.object({
  month: Month,
  frozenAt: z.number().nullable(),
  /** When the job freezes it. */
  freezesAt: z.number(),
  picks: z.array(Pick),
  /** By hearts of the month, those not picked; empty once it is frozen. */
  candidates: z.array(z.object({ hearts: z.int(), item: ShowcaseItem })),
});
export type Collection = z.infer<typeof Collection>;
export const CollectionList = z.object({
  collections: z.array(z.object({ month: Month, frozenAt: z.number().nullable(), picks: z.int() })),
});
export type CollectionList = z.infer<typeof CollectionList>;

export const FeatureShowcase = OfShowcase.extend({
  on: z.boolean(),
  reason: z.string().trim().min(3, "Give a reason that everyone can read.").max(500),
});
export const HideShowcase = OfShowcase.extend({
  reason: z.string().trim().min(3, "Give a reason that everyone can read.").max(500),
});
export const Done = z.object({ done: z.literal(true) });

import { z } from "zod";

export const OFFER_KINDS = ["compute", "data", "funds", "cooperation", "other"] as const;
export const OfferKind = z.enum(OFFER_KINDS);
export type OfferKind = z.infer<typeof OfferKind>;

export const OFFER_STATES = ["new", "answered", "accepted", "declined", "closed"] as const;
export const OfferState = z.enum(OFFER_STATES);
export type OfferState = z.infer<typeof OfferState>;

const ThanksName = z.string().trim().min(2, "Write the name as it is to be thanked.").max(80);

export const MakeOffer = z.object({
  kind: OfferKind,
  name: z.string().trim().min(2, "Say who you are.").max(100),
  contact: z.string().trim().min(5, "Say how to reach you: an address or a number.").max(200),
  body: z.string().trim().min(20, "Say in a few sentences what you offer.").max(4_000),
  /** The name under which the public ledger may thank; null: not in public. */
  thanksName: ThanksName.nullable(),
  language: z.enum(["en", "zh"]),
});
export type MakeOffer = z.infer<typeof MakeOffer>;

export const OfferId = z.string().regex(/^offer_[\w-]{1,40}$/);
export const MadeOffer = z.object({ id: OfferId });

/** For admins only: it holds what somebody wrote in confidence. */
export const Offer = z.object({
  id: OfferId,
  kind: OfferKind,
  name: z.string(),
  contact: z.string(),
  body: z.string(),
  thanksName: z.string().nullable(),
  thanked: z.boolean(),
  state: OfferState,
  note: z.string(),
  createdAt: z.number(),
});
export type Offer = z.infer<typeof Offer>;
export const OfferList = z.object({ offers: z.array(Offer) });
export type OfferList = z.infer<typeof OfferList>;
export const ListOffers = z.object({ state: OfferState.optional() });

export const ChangeOffer = z.object({
  id: OfferId,
  state: OfferState,
  note: z.string().trim().max(2_000),
});
export type ChangeOffer = z.infer<typeof ChangeOffer>;

const What = z.string().trim().min(3, "Say what was given, in both languages.").max(300);
export const ThankFor = z.object({ id: OfferId, what: z.object({ en: What, zh: What }) });
export type ThankFor = z.infer<typeof ThankFor>;
export const RemoveThanks = z.object({
  number: z.int().positive(),
  reason: z.string().trim().min(3, "Give a reason that everyone can read.").max(500),
});

export const Thanks = z.object({
  number: z.int(),
  kind: OfferKind,
  name: z.string(),
  what: z.object({ en: z.string(), zh: z.string() }),
  at: z.number(),
});
export type Thanks = z.infer<typeof Thanks>;
export const ThanksList = z.object({ thanks: z.array(Thanks) });
export const Done = z.object({ done: z.literal(true) });

import { z } from "zod";

/** A mail address; two that differ in case only are one account. */
const MailAddress = z.email("Give a mail address, such as name@example.org.").max(254);

const Password = z
  .string()
  .min(10, "A password has at least 10 characters.")
  .max(200, "A password has at most 200 characters.");

/** Readable in an address and after an @; the portal names deleted members itself. */
const MemberName = z
  .string()
  .regex(
    /^[a-z0-9][a-z0-9-]{1,38}[a-z0-9]$/i,
    "A name is 3 to 40 of a-z, 0-9 and -, and neither begins nor ends with -.",
  )
  .refine((name) => !/^(deleted-|mem_|cpm-)/i.test(name), "This name is kept for the portal.");

const MailLanguage = z.enum(["en", "zh"]);
const LinkSecret = z.string().min(20).max(100);

export const AskMail = z.object({ email: MailAddress, language: MailLanguage });
export const FinishSignUp = z.object({
  secret: LinkSecret,
  name: MemberName,
  password: Password,
  language: MailLanguage,
});
export const SignIn = z.object({ email: MailAddress, password: z.string().min(1).max(200) });
export const FinishReset = z.object({ secret: LinkSecret, password: Password });
export const ChangeMail = z.object({
  email: MailAddress,
  language: MailLanguage,
  /** Asked of those who have one. */
  password: z.string().max(200).optional(),
});
export const ConfirmMail = z.object({ secret: LinkSecret });
export const ChangePassword = z.object({
  current: z.string().min(1).max(200),
  next: Password,
});
export const EndSession = z.object({ id: z.string().max(40) });
export const Done = z.object({ done: z.literal(true) });

export const SignedIn = z.object({
  /** The member has a second factor; it is to be given before anything else. */
  needsCode: z.boolean(),
});

export const Me = z.object({
  id: z.string(),
  name: z.string(),
  roles: z.array(z.string()),
  trust: z.number().int(),
  emailVerified: z.boolean(),
  twoFactor: z.boolean(),
  /** ISO moments; set only while they are in force. */
  suspendedUntil: z.string().nullable(),
  silencedUntil: z.string().nullable(),
});
export type Me = z.infer<typeof Me>;

/** Who the browser is: nobody, somebody whose code is still awaited, a member. */
export const Visitor = z.object({ member: Me.nullable(), awaitsCode: z.boolean() });

export const SessionItem = z.object({
  id: z.string(),
  userAgent: z.string(),
  createdAt: z.string(),
  lastSeenAt: z.string(),
  current: z.boolean(),
});
export type SessionItem = z.infer<typeof SessionItem>;
export const SessionList = z.object({ sessions: z.array(SessionItem) });

/** Six digits of the app, or one of the codes that were written down. */
export const GiveCode = z.object({
  code: z
    .string()
    .regex(
      /^(\d{6}|[a-z0-9]{5}-[a-z0-9]{5})$/,
      "A code has six digits, or ten letters and digits.",
    ),
});
export const NewFactor = z.object({
  secret: z.string(),
  /** The otpauth: address that the app reads from the picture. */
  address: z.string(),
});
/** Shown once: ten when a new factor was just confirmed, null otherwise. */
export const CodeTaken = z.object({ recoveryCodes: z.array(z.string()).nullable() });

export const GithubOffer = z.object({ offered: z.boolean() });
export const GithubStart = z.object({ url: z.string() });
export const FinishGithub = z.object({
  code: z.string().min(1).max(200),
  state: z.string().min(1).max(200),
});
export const GithubStep = z.object({
  /** in: signed in; link: confirm the link; linked: it was there; name: choose one for a new account. */
  next: z.enum(["in", "link", "linked", "name"]),
  login: z.string(),
  needsCode: z.boolean(),
});
export const OpenGithub = z.object({ name: MemberName, language: MailLanguage });

const RoleName = z.enum(["volunteer", "engineer", "moderator", "admin"]);
export const ChangeRole = z.object({
  name: z.string().min(1).max(60),
  role: RoleName,
  reason: z.string().trim().min(3, "Write a reason that everyone can read.").max(500),
});
export const RoleChanged = z.object({ decision: z.int() });

/** What is needed to show a member beside a text. */
export const MemberRef = z.object({
  id: z.string(),
  name: z.string(),
  avatar: z.string().nullable(),
  roles: z.array(RoleName),
  trust: z.int(),
  deleted: z.boolean(),
});
export type MemberRef = z.infer<typeof MemberRef>;

export const OfMember = z.object({ name: z.string().min(1).max(60) });
export const Profile = MemberRef.extend({
  bio: z.string(),
  website: z.string(),
  github: z.string().nullable(),
  since: z.string(),
  /** Set only while it is in force. */
  suspendedUntil: z.string().nullable(),
  posts: z.int(),
  reactions: z.int(),
  answers: z.int(),
});
export type Profile = z.infer<typeof Profile>;

export const ListActivity = OfMember.extend({
  /** The post before which the list goes on. */
  cursor: z.int().positive().nullish(),
});
export const ActivityItem = z.object({
  postId: z.int(),
  threadId: z.int(),
  number: z.int(),
  title: z.string(),
  excerpt: z.string(),
  at: z.string(),
});
export type ActivityItem = z.infer<typeof ActivityItem>;
export const Activity = z.object({
  items: z.array(ActivityItem),
  /** The post before which the list goes on. */
  next: z.int().nullable(),
});

const TrustRow = z.object({
  level: z.int(),
  needs: z.object({
    days: z.int(),
    window: z.int(),
    posts: z.int(),
    reactions: z.int(),
    people: z.int(),
    clean: z.int(),
  }),
  allows: z.object({ links: z.int(), images: z.int() }),
});
/** A published limit: uses in a time, the same for all or by trust level 0 to 4. */
const LimitRow = z.object({
  action: z.string(),
  seconds: z.int(),
  counts: z.array(z.int()),
  by: z.enum(["actor", "address", "key"]),
});
export type LimitRow = z.infer<typeof LimitRow>;
export const Rules = z.object({
  levels: z.array(TrustRow),
  limits: z.array(LimitRow),
  /** How many members have each level. */
  holders: z.array(z.object({ level: z.int(), members: z.int() })),
});
export type Rules = z.infer<typeof Rules>;
export const Team = z.object({ members: z.array(MemberRef), total: z.int() });

const MutedKind = z.object({ kind: z.string().max(40), medium: z.enum(["app", "mail"]) });
const Website = z
  .string()
  .trim()
  .max(200)
  .refine(
    (text) => text === "" || /^https?:\/\/[^\s]+$/.test(text),
    "A website begins with https://.",
  );
export const Settings = z.object({
  language: MailLanguage,
  bio: z.string().trim().max(500, "A few words: at most 500 characters."),
  website: Website,
  digest: z.enum(["never", "daily", "weekly"]),
  muted: z.array(MutedKind).max(200),
});
export type Settings = z.infer<typeof Settings>;
export const OwnSettings = Settings.extend({
  avatar: z.string().nullable(),
  email: z.string().nullable(),
  github: z.string().nullable(),
  hasPassword: z.boolean(),
  recoveryCodesLeft: z.int(),
  kinds: z.array(z.string()),
});
export type OwnSettings = z.infer<typeof OwnSettings>;

const Scope = z.enum(["ingest", "control", "read", "download"]);
export const NewToken = z.object({
  label: z.string().trim().min(1, "Say what the token is for.").max(80),
  scope: Scope,
  project: z
    .string()
    .regex(/^[a-z0-9][a-z0-9-]{0,62}$/, "A project is a–z, 0–9 and -.")
    .optional(),
});
export const MadeToken = z.object({ id: z.string(), secret: z.string() });
export const OfToken = z.object({ id: z.string().max(40) });
export const TokenItem = z.object({
  id: z.string(),
  label: z.string(),
  scope: z.string(),
  project: z.string().nullable(),
  createdAt: z.string(),
  lastUsedAt: z.string().nullable(),
});
export type TokenItem = z.infer<typeof TokenItem>;
export const TokenList = z.object({ tokens: z.array(TokenItem), scopes: z.array(Scope) });

export const ExportItem = z.object({
  id: z.string(),
  state: z.enum(["waiting", "packing", "ready", "failed"]),
  done: z.int(),
  parts: z.int(),
  bytes: z.number().nullable(),
  createdAt: z.string(),
  expiresAt: z.string().nullable(),
});
export type ExportItem = z.infer<typeof ExportItem>;
export const ExportList = z.object({ exports: z.array(ExportItem) });

export const DeleteAccount = z.object({
  /** The account's own name, typed once more. */
  name: z.string().max(60),
  /** Asked of those who have one. */
  password: z.string().max(200).optional(),
});

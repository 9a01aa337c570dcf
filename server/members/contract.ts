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

export const GiveCode = z.object({
  code: z.string().regex(/^\d{6}$/, "A code has six digits."),
});
export const NewFactor = z.object({
  secret: z.string(),
  /** The otpauth: address that the app reads from the picture. */
  address: z.string(),
});

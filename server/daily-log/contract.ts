import { z } from "zod";
import { EventKind } from "../runs/contract.ts";

/** When a run's day ends: an hour of a time zone's clock. The original CPM-Live turned at 16:00 in Beijing. */
export const DayTurn = z.object({
  timeZone: z
    .string()
    .max(60)
    .refine(isTimeZone, "Name a time zone of the IANA list, such as Asia/Shanghai or UTC."),
  hour: z.int().min(0).max(23),
});
export type DayTurn = z.infer<typeof DayTurn>;

/** A calendar day `YYYY-MM-DD`. */
export const Day = z.iso.date();

/** What the day's numbers say; null where the run does not log what the figure is made of. */
export const DayFigures = z.object({
  lossBegin: z.number().nullable(),
  lossEnd: z.number().nullable(),
  /** Mean of the day's gradient norms. */
  gradNorm: z.number().nullable(),
  firstStep: z.number().nullable(),
  lastStep: z.number().nullable(),
  /** Tokens seen during the day, and since the run began. */
  tokens: z.number().nullable(),
  tokensTotal: z.number().nullable(),
  dataGb: z.number().nullable(),
  progressPercent: z.number().nullable(),
  tokensPerSecond: z.number().nullable(),
  energyKwh: z.number().nullable(),
  co2eKg: z.number().nullable(),
  cost: z.number().nullable(),
  nonFinite: z.number().nullable(),
});
export type DayFigures = z.infer<typeof DayFigures>;

export const DayEvent = z.object({
  id: z.string(),
  kind: EventKind,
  step: z.number(),
  time: z.number(),
  message: z.string(),
});
export type DayEvent = z.infer<typeof DayEvent>;

/** The newest entry of the public decision log when the day was drafted. */
export const ChainHead = z.object({ number: z.number(), hash: z.string() });
export type ChainHead = z.infer<typeof ChainHead>;

export const DailyLogItem = z.object({
  runId: z.string(),
  day: z.string(),
  /** The day in Unix milliseconds: `from` ≤ t < `to`. */
  from: z.number(),
  to: z.number(),
  figures: DayFigures,
  eventCount: z.int(),
  signed: z.boolean(),
  signedBy: z.string().nullable(),
  signedAt: z.number().nullable(),
  /** The engineer's words, Markdown; empty as long as nobody wrote any. */
  comment: z.string(),
  /** `archive`: a report that was published before this portal; `draft`: written by the system. */
  source: z.enum(["archive", "draft"]),
  url: z.string(),
});
export type DailyLogItem = z.infer<typeof DailyLogItem>;

export const DailyLogList = z.object({ logs: z.array(DailyLogItem), next: z.string().nullable() });
export type DailyLogList = z.infer<typeof DailyLogList>;

export const DailyRevision = z.object({
  number: z.int(),
  comment: z.string(),
  author: z.string().nullable(),
  time: z.number(),
});
export type DailyRevision = z.infer<typeof DailyRevision>;

export const DailyLog = DailyLogItem.extend({
  events: z.array(DayEvent),
  chainHead: ChainHead.nullable(),
  draftedAt: z.number(),
  revisions: z.array(DailyRevision),
  /** The neighbours, for leafing. */
  previous: z.string().nullable(),
  following: z.string().nullable(),
});
export type DailyLog = z.infer<typeof DailyLog>;

export const CalendarDay = z.object({
  day: z.string(),
  lossEnd: z.number().nullable(),
  eventCount: z.int(),
  signed: z.boolean(),
});
export type CalendarDay = z.infer<typeof CalendarDay>;
export const Calendar = z.object({ turn: DayTurn, days: z.array(CalendarDay) });
export type Calendar = z.infer<typeof Calendar>;

/** `revision`: the number of the newest one that the writer has seen (0: none); another one is refused with `conflict`. */
export const EditDailyLog = z.object({
  runId: z.string(),
  day: Day,
  comment: z.string().trim().max(20_000),
  revision: z.int().min(0),
});
export type EditDailyLog = z.infer<typeof EditDailyLog>;
export const SignDailyLog = z.object({ runId: z.string(), day: Day, revision: z.int().min(0) });
export type SignDailyLog = z.infer<typeof SignDailyLog>;
export const SetDayTurn = z.object({ runId: z.string(), turn: DayTurn });
export type SetDayTurn = z.infer<typeof SetDayTurn>;

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

// Every limit on what people do, published on /limits of the API page and enforced by take-limit.ts: `count` uses in
// any `seconds`, counted by member (by address for visitors), or always by address.

type Rule = {
  seconds: number;
  /** Uses in that time. For members with a trust level: by level 0 to 4. */
  count: number | readonly [number, number, number, number, number];
  by: "actor" | "address" | "key";
  /** When the count cannot be read, refuse: where too many tries are worse than none. */
  failClosed?: true;
};

const HOUR = 3_600;
const DAY = 86_400;

export const ACTION_LIMITS = {
  "sign-in": { seconds: 15 * 60, count: 20, by: "address", failClosed: true },
  /** Tries on one account, from wherever they come. */
  "sign-in.account": { seconds: 15 * 60, count: 10, by: "key", failClosed: true },
  "sign-in.code": { seconds: 15 * 60, count: 6, by: "key", failClosed: true },
  "sign-up": { seconds: HOUR, count: 10, by: "address", failClosed: true },
  /** Mails to one mailbox, whoever asks. */
  mail: { seconds: HOUR, count: 4, by: "key", failClosed: true },
  reset: { seconds: HOUR, count: 10, by: "address", failClosed: true },
  vote: { seconds: HOUR, count: [30, 60, 120, 240, 240], by: "actor", failClosed: true },
  acceptance: { seconds: HOUR, count: 20, by: "actor", failClosed: true },
  account: { seconds: HOUR, count: 60, by: "actor" },
  avatar: { seconds: HOUR, count: 10, by: "actor" },
  export: { seconds: DAY, count: 5, by: "actor" },
  token: { seconds: DAY, count: 20, by: "actor" },
  thread: { seconds: DAY, count: [3, 10, 20, 40, 80], by: "actor" },
  post: { seconds: HOUR, count: [10, 30, 60, 120, 240], by: "actor" },
  edit: { seconds: HOUR, count: [20, 60, 120, 240, 240], by: "actor" },
  react: { seconds: HOUR, count: [30, 120, 240, 480, 480], by: "actor" },
  flag: { seconds: DAY, count: [5, 10, 20, 40, 80], by: "actor" },
  upload: { seconds: DAY, count: [5, 20, 50, 100, 200], by: "actor" },
  /** Arranging the panels of a run. */
  wall: { seconds: HOUR, count: 600, by: "actor" },
  draft: { seconds: HOUR, count: 600, by: "actor" },
  search: { seconds: 60, count: 60, by: "actor" },
  appeal: { seconds: DAY, count: 5, by: "actor" },
  subscribe: { seconds: HOUR, count: 120, by: "actor" },
  /** Moves of initiatives by those who decide on them. */
  decide: { seconds: HOUR, count: 300, by: "actor" },
  initiative: { seconds: DAY, count: [2, 5, 10, 20, 20], by: "actor" },
  showcase: { seconds: DAY, count: [2, 5, 10, 20, 20], by: "actor" },
  support: { seconds: DAY, count: 5, by: "actor" },
  generate: { seconds: HOUR, count: [10, 20, 40, 60, 60], by: "actor" },
  command: { seconds: HOUR, count: 60, by: "actor" },
  "csp-report": { seconds: HOUR, count: 200, by: "address" },
  note: { seconds: HOUR, count: 120, by: "actor" },
  alert: { seconds: HOUR, count: 60, by: "actor" },
  /** Calls with a token that is none. A valid token from the same address is never held up by them. */
  "api.failure": { seconds: 60, count: 30, by: "address" },
  /** Calls of one token that report: a busy trainer sends some a second. Counted in blocks. */
  "api.report": { seconds: 4, count: 4_000, by: "key" },
  "api.export": { seconds: HOUR, count: 120, by: "address" },
} as const satisfies Record<string, Rule>;

export type LimitedAction = keyof typeof ACTION_LIMITS;

export function ruleOf(action: LimitedAction): Rule {
  return ACTION_LIMITS[action];
}

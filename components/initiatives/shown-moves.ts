import type { State } from "#server/initiatives/contract.ts";

type Reader = {
  state: State;
  roles: readonly string[];
  mine: boolean;
  carries: boolean;
  commentOver: boolean;
};
type Offer = { from: readonly State[]; to: (reader: Reader) => boolean };

const VOTABLE: readonly State[] = [
  "open",
  "triage",
  "needs-work",
  "feasible",
  "assigned",
  "final-comment",
];
const can =
  (...wanted: string[]) =>
  ({ roles }: Reader) =>
    roles.some((role) => wanted.includes(role));
const judges =
  (...wanted: string[]) =>
  (reader: Reader) =>
    !reader.mine && can(...wanted)(reader);
const author = ({ mine }: Reader) => mine;

/** Moves that need a reason and nothing else, by the procedure that makes them. */
const PLAIN = {
  takeUp: { from: ["open"], to: can("engineer", "volunteer", "moderator") },
  openComment: {
    from: ["assigned"],
    to: (reader) => reader.carries || can("engineer")(reader),
  },
  approve: {
    from: ["final-comment"],
    to: (reader) => reader.commentOver && judges("engineer", "moderator", "admin")(reader),
  },
  decline: { from: ["feasible", "assigned", "final-comment"], to: judges("engineer", "admin") },
  defer: { from: [...VOTABLE, "approved"], to: judges("engineer") },
  resume: { from: ["deferred"], to: can("engineer") },
  withdraw: { from: ["draft", ...VOTABLE], to: author },
} as const satisfies Record<string, Offer>;
export type PlainMove = keyof typeof PLAIN;

/** Moves with a form of their own. */
const FORMS = {
  assess: { from: ["open", "triage"], to: judges("engineer") },
  assign: {
    from: ["feasible", "assigned", "final-comment"],
    to: can("engineer", "volunteer", "moderator"),
  },
  merge: { from: [...VOTABLE, "duplicate"], to: can("engineer", "moderator") },
  edit: { from: VOTABLE, to: author },
  publish: { from: ["draft"], to: author },
} as const satisfies Record<string, Offer>;

/** Which moves a page offers its reader. Only what is offered: the server decides by its own table. */
export function shownMoves(reader: Reader): {
  plain: PlainMove[];
  forms: (keyof typeof FORMS)[];
} {
  const offered = <K extends string>(offers: Record<K, Offer>) =>
    (Object.keys(offers) as K[]).filter(
      (name) => offers[name].from.includes(reader.state) && offers[name].to(reader),
    );
  return { plain: offered(PLAIN), forms: offered(FORMS) };
}

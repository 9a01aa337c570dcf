// The life of an initiative: every move there is, who may make it, and what it asks for. Nothing else changes a state:
// `make-move.ts` reads this table under the row's lock, and the diagram on the help page is drawn from it.
import type { Role } from "../auth/actor.ts";
import type { State } from "./contract.ts";

/** `author` and `assignee` are meant of this initiative; `portal` is a rule or the trainer's answer, never a person. */
export type Mover = "author" | "assignee" | "portal" | Role;

/** What must be true besides state and mover; each is checked in check-requirement.ts. */
export type Requirement =
  /** Nobody decides on their own proposal. */
  | "not-the-author"
  | "comment-over"
  | "concerns-resolved"
  /** Two people have approved this version, neither the author. */
  | "two-approvals"
  | "within-budget"
  /** Somebody has accepted to carry it. */
  | "somebody-carries-it";

export type Move = {
  from: readonly State[];
  /** `before`: back to where it was when the move that this one undoes was made. */
  to: State | "before";
  by: readonly Mover[];
  needs?: readonly Requirement[];
  /** Who is told besides the author. */
  tells?: "voters";
};

/** Where members may vote: from opening until final comment ends. */
export const VOTABLE = [
  "open",
  "triage",
  "needs-work",
  "feasible",
  "assigned",
  "final-comment",
] as const satisfies readonly State[];

const BEFORE_TRIAL = [...VOTABLE, "approved"] as const;

export const MOVES = {
  publish: { from: ["draft"], to: "open", by: ["author"] },
  "take-up": { from: ["open"], to: "triage", by: ["volunteer", "engineer", "moderator"] },
  "find-feasible": {
    from: ["open", "triage"],
    to: "feasible",
    by: ["engineer"],
    needs: ["not-the-author"],
  },
  "ask-for-work": {
    from: ["open", "triage"],
    to: "needs-work",
    by: ["engineer"],
    needs: ["not-the-author"],
  },
  "find-infeasible": {
    from: ["open", "triage"],
    to: "infeasible",
    by: ["engineer"],
    needs: ["not-the-author"],
    tells: "voters",
  },
  revise: { from: VOTABLE, to: "open", by: ["author"], tells: "voters" },
  assign: { from: ["feasible"], to: "assigned", by: ["assignee"] },
  unassign: { from: ["assigned", "final-comment"], to: "feasible", by: ["assignee"] },
  "open-comment": {
    from: ["assigned"],
    to: "final-comment",
    by: ["assignee", "engineer"],
    needs: ["somebody-carries-it"],
    tells: "voters",
  },
  approve: {
    from: ["final-comment"],
    to: "approved",
    by: ["engineer", "moderator", "admin"],
    needs: [
      "not-the-author",
      "comment-over",
      "concerns-resolved",
      "within-budget",
      "two-approvals",
    ],
    tells: "voters",
  },
  decline: {
    from: ["feasible", "assigned", "final-comment"],
    to: "declined",
    by: ["engineer", "admin"],
    needs: ["not-the-author"],
    tells: "voters",
  },
  "start-trial": { from: ["approved"], to: "trial", by: ["portal"], tells: "voters" },
  keep: { from: ["trial"], to: "provisional", by: ["portal", "engineer"], tells: "voters" },
  "roll-back": {
    from: ["trial", "provisional"],
    to: "rolled-back",
    by: ["portal"],
    tells: "voters",
  },
  settle: { from: ["provisional"], to: "stable", by: ["portal"], tells: "voters" },
  release: { from: ["stable"], to: "released", by: ["portal"], tells: "voters" },
  withdraw: { from: ["draft", ...VOTABLE], to: "withdrawn", by: ["author"], tells: "voters" },
  merge: { from: VOTABLE, to: "duplicate", by: ["engineer", "moderator"], tells: "voters" },
  unmerge: { from: ["duplicate"], to: "before", by: ["engineer", "moderator"], tells: "voters" },
  supersede: {
    from: BEFORE_TRIAL,
    to: "superseded",
    by: ["engineer"],
    needs: ["not-the-author"],
    tells: "voters",
  },
  defer: {
    from: BEFORE_TRIAL,
    to: "deferred",
    by: ["engineer"],
    needs: ["not-the-author"],
    tells: "voters",
  },
  resume: { from: ["deferred"], to: "open", by: ["engineer"], tells: "voters" },
} as const satisfies Record<string, Move>;

export type MoveName = keyof typeof MOVES;

export function moveOf(name: MoveName): Move {
  return MOVES[name];
}

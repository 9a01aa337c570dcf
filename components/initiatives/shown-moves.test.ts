import fc from "fast-check";
import { expect, test } from "vitest";
import { STATES } from "#server/initiatives/contract.ts";
import { MOVES, type Move } from "#server/initiatives/moves.ts";
import { type PlainMove, shownMoves } from "./shown-moves.ts";

const NAMES: Record<PlainMove, keyof typeof MOVES> = {
  takeUp: "take-up",
  openComment: "open-comment",
  approve: "approve",
  decline: "decline",
  defer: "defer",
  resume: "resume",
  withdraw: "withdraw",
};
const reader = fc.record({
  state: fc.constantFrom(...STATES),
  roles: fc.subarray(["volunteer", "engineer", "moderator", "admin"]),
  mine: fc.boolean(),
  carries: fc.boolean(),
  commentOver: fc.constant(true),
});

test("what a page offers is what the table of moves allows, for every state, role and relation", () => {
  fc.assert(
    fc.property(reader, fc.constantFrom(...(Object.keys(NAMES) as PlainMove[])), (who, name) => {
      const move: Move = MOVES[NAMES[name]];
      const by = [...who.roles, who.mine ? "author" : "", who.carries ? "assignee" : ""];
      const forOthers = move.needs?.includes("not-the-author") ?? false;
      const allowed =
        move.from.includes(who.state) &&
        move.by.some((mover) => by.includes(mover)) &&
        !(who.mine && forOthers);
      expect(shownMoves(who).plain.includes(name)).toBe(allowed);
    }),
    { numRuns: 2_000 },
  );
});

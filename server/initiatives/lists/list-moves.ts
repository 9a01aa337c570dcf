import type { MoveTable } from "../contract.ts";
import { MOVES, type Move } from "../moves.ts";

/** The table of moves as data. */
export function listMoves(): MoveTable {
  return Object.entries<Move>(MOVES).map(([name, { from, to, by, needs }]) => ({
    ...{ name, to, from: [...from], by: [...by], needs: [...(needs ?? [])] },
  }));
}

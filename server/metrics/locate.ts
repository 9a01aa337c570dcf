// Where on a series' axis a window begins and ends, as positions among its points. The pyramid's nodes know first and
// last step, time and value of what they cover, so it is also the search tree: a few hundred root nodes, then 64 at a
// time, then one chunk. Bounds of many series go down together, one statement per storey.
import { CHUNK_POINTS } from "./chunk-codec.ts";
import { firstIndexOf } from "./points.ts";
import { CHUNK_LEVEL, NODE, NODE_WIDTH, nodePoints } from "./pyramid-node.ts";
import type { NodeRange, SealedReader } from "./sealed-reader.ts";
import type { SeriesView } from "./series-view.ts";

/** What runs along the searched axis; it should rise with the steps. */
export type BoundField = "steps" | "times" | "values";

/** Asks for the first point whose field is at least `at`, or with `above` larger than it. */
export type Bound = { view: SeriesView; field: BoundField; at: number; above: boolean };

const LAST = { steps: NODE.lastStep, times: NODE.lastTime, values: NODE.last } as const;
const ROOT_NODES = 256;
const STOREY_LEVELS = 3;

/** A search under way: the answer lies among these nodes, or behind them. */
type Search = { bound: Bound; range: NodeRange };

/** The position of each bound: 0 … number of points of its series. Loads the chunk that holds it into `reader`. */
export async function locate(reader: SealedReader, bounds: Bound[]): Promise<number[]> {
  const searches = bounds.map((bound): Search => ({ bound, range: rootRange(bound.view) }));
  for (;;) {
    const open = searches.filter(
      ({ range }) => range.level > CHUNK_LEVEL || range.end - range.first > 1,
    );
    if (open.length === 0) {
      break;
    }
    const found = await reader.nodes(open.map(({ range }) => range));
    open.forEach((search, index) => {
      search.range = descend(search, found[index] as Float64Array);
    });
  }
  await reader.load(
    searches
      .filter(({ range }) => range.end > range.first)
      .map(({ range }) => ({ id: range.id, index: range.first })),
  );
  return searches.map((search) => position(reader, search));
}

function rootRange({ id, cut }: SeriesView): NodeRange {
  let level = CHUNK_LEVEL;
  while (cut / nodePoints(level) > ROOT_NODES) {
    level += 1;
  }
  return { id, level, first: 0, end: Math.ceil(cut / nodePoints(level)) };
}

/** The children of the first node that reaches the bound; an empty range when none does. */
function descend({ bound, range }: Search, nodes: Float64Array): NodeRange {
  const { field, at, above, view } = bound;
  let index = range.first;
  for (let place = LAST[field]; place < nodes.length; place += NODE_WIDTH) {
    const last = nodes[place] as number;
    if (above ? last > at : last >= at) {
      break;
    }
    index += 1;
  }
  if (index === range.end) {
    return { ...range, level: CHUNK_LEVEL, first: 0, end: 0 };
  }
  const level = Math.max(CHUNK_LEVEL, range.level - STOREY_LEVELS);
  const children = nodePoints(range.level) / nodePoints(level);
  const end = Math.min((index + 1) * children, Math.ceil(view.cut / nodePoints(level)));
  return { id: range.id, level, first: index * children, end };
}

function position(reader: SealedReader, { bound, range }: Search): number {
  const { view, field, at, above } = bound;
  if (range.end > range.first) {
    const points = reader.chunk({ id: range.id, index: range.first });
    const place = firstIndexOf(points[field], at, above);
    if (place < points.steps.length) {
      return range.first * CHUNK_POINTS + place;
    }
    const behind = range.first * CHUNK_POINTS + place;
    if (behind < view.cut) {
      return behind;
    }
  }
  return view.cut + firstIndexOf(view.rest[field], at, above);
}

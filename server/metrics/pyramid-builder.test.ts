import fc from "fast-check";
import { expect, test } from "vitest";
import { CHUNK_POINTS, decodeChunk } from "./chunk-codec.ts";
import { joinPoints, type Points, slicePoints } from "./points.ts";
import type { OpenPage, PyramidPage } from "./pyramid-builder.ts";
import { addPoints, NODE_WIDTH, NODES_PER_PAGE, nodePoints, topLevel } from "./pyramid-node.ts";
import { SeriesWriter } from "./series-writer.ts";

function makePoints(count: number): Points {
  const column = (of: (index: number) => number) =>
    Float64Array.from({ length: count }, (_, index) => of(index));
  // Whole numbers: their sums are exact whatever the order of adding.
  return {
    steps: column((index) => index * 3),
    times: column((index) => 1e12 + index * 7),
    values: column((index) => (index % 97 === 5 ? Number.NaN : (index * 7919) % 1009)),
  };
}

/** The rows that a writer hands out, as the database would hold them: a later row replaces an earlier one. */
class Shelf {
  chunks = new Map<number, Points>();
  pages = new Map<string, PyramidPage>();

  chunk({ index, payload }: { index: number; payload: Buffer }): void {
    this.chunks.set(index, decodeChunk(payload));
  }

  page(page: PyramidPage): void {
    this.pages.set(`${page.level}/${page.page}`, page);
  }

  /** The whole nodes before `begin` in each level's open page. */
  open(begin: number): OpenPage[] {
    const list: OpenPage[] = [];
    for (let level = 0; nodePoints(level) <= begin; level++) {
      const done = Math.floor(begin / nodePoints(level));
      const page = this.pages.get(`${level}/${Math.floor(done / NODES_PER_PAGE)}`);
      const nodes = page?.nodes.slice(0, (done % NODES_PER_PAGE) * NODE_WIDTH);
      list.push({ level, nodes: nodes ?? new Float64Array(0) });
    }
    return list;
  }

  level(level: number): Float64Array {
    const pages = [...this.pages.values()].filter((page) => page.level === level);
    pages.sort((a, b) => a.page - b.page);
    expect(pages.map((page) => page.page)).toEqual(pages.map((_, index) => index));
    return Float64Array.from(pages.flatMap((page) => Array.from(page.nodes)));
  }
}

function expectedLevel(points: Points, level: number): Float64Array {
  const size = nodePoints(level);
  const count = Math.ceil(points.steps.length / size);
  const nodes = new Float64Array(count * NODE_WIDTH);
  for (let index = 0; index < count; index++) {
    addPoints(nodes, index * NODE_WIDTH, slicePoints(points, index * size, (index + 1) * size));
  }
  return nodes;
}

/** Comparing bytes, because comparing each of many thousand numbers takes the test runner seconds. */
function expectSameBits(got: Float64Array, want: Float64Array, what: string): void {
  const bytes = (list: Float64Array) => Buffer.from(list.slice().buffer);
  expect(bytes(got).equals(bytes(want)), what).toBe(true);
}

function expectWhole(shelf: Shelf, points: Points): void {
  const chunks = [...shelf.chunks].sort(([a], [b]) => a - b).map(([, chunk]) => chunk);
  const stored = joinPoints(chunks);
  for (const column of ["steps", "times", "values"] as const) {
    expectSameBits(stored[column], points[column], column);
  }
  const top = topLevel(points.steps.length);
  for (let level = 0; level <= top; level++) {
    expectSameBits(shelf.level(level), expectedLevel(points, level), `level ${level}`);
  }
  expect([...shelf.pages.values()].every(({ level }) => level <= top)).toBe(true);
}

test("however a series is cut into appends, its chunks and pyramid are those of one writing", () => {
  const sizes = fc.array(
    fc.oneof(fc.integer({ min: 1, max: 5000 }), fc.constantFrom(64, 1024, 4096)),
    {
      minLength: 1,
      maxLength: 12,
    },
  );
  fc.assert(
    fc.property(sizes, (list) => {
      const points = makePoints(list.reduce((sum, size) => sum + size, 0));
      const shelf = new Shelf();
      let count = 0;
      for (const size of list) {
        const begin = Math.floor(count / CHUNK_POINTS) * CHUNK_POINTS;
        const writer = new SeriesWriter(shelf, begin, shelf.open(begin));
        writer.push(slicePoints(points, begin, count));
        writer.push(slicePoints(points, count, count + size));
        writer.finish();
        count += size;
        expect(writer.count).toBe(count);
      }
      expectWhole(shelf, points);
    }),
    { numRuns: 60 },
  );
});

test("a pyramid of five storeys and many pages sums up every point", () => {
  const points = makePoints(150_000);
  const shelf = new Shelf();
  const writer = new SeriesWriter(shelf);
  writer.push(points);
  writer.finish();
  expect(topLevel(150_000)).toBe(5);
  expectWhole(shelf, points);
});

test("a node without a finite value has NaN as least and greatest, and one with some ignores the others", () => {
  const strange = { steps: [1, 2, 3, 4], times: [1, 2, 3, 4] };
  const sum = (values: number[]) => {
    const node = new Float64Array(NODE_WIDTH);
    addPoints(node, 0, {
      steps: Float64Array.from(strange.steps),
      times: Float64Array.from(strange.times),
      values: Float64Array.from(values),
    });
    return Array.from(node.slice(4));
  };
  const { NaN: none, POSITIVE_INFINITY: more, NEGATIVE_INFINITY: less } = Number;
  expect(sum([none, more, less, none])).toEqual([none, none, none, none, 0, 4, 4]);
  expect(sum([more, -2, none, 5])).toEqual([-2, 5, more, 5, 3, 4, 2]);
});

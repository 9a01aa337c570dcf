import { expect, test } from "vitest";
import { looksAlike, type PanelPicture } from "./looks-alike.ts";

const picture = (part: Partial<PanelPicture & PanelPicture["model"]> = {}): PanelPicture => {
  const { x = [0, 50, 100], y = [[1, null, 3]], domain = [0, 4], ...rest } = part;
  return {
    model: { x, y, domain },
    window: { from: 0, to: 100 },
    width: 200,
    height: 100,
    ...rest,
  };
};

test("what moves by less than a quarter of a pixel looks alike", () => {
  const moved = picture({ x: [0, 50.05, 100.1], window: { from: 0, to: 100.1 } });
  expect(looksAlike(picture(), moved)).toBe(true);
  expect(looksAlike(picture(), picture({ y: [[1, null, 3.005]] }))).toBe(true);
});

test("what moves by more, comes, goes or is cut differently does not", () => {
  expect(looksAlike(picture(), picture({ y: [[1, null, 3.2]] }))).toBe(false);
  expect(looksAlike(picture(), picture({ window: { from: 0, to: 110 } }))).toBe(false);
  expect(looksAlike(picture(), picture({ domain: [0, 5] }))).toBe(false);
  expect(looksAlike(picture(), picture({ y: [[1, 2, 3]] }))).toBe(false);
  expect(looksAlike(picture(), picture({ y: [[1, undefined, 3]] }))).toBe(false);
  expect(looksAlike(picture(), picture({ x: [0, 100], y: [[1, 3]] }))).toBe(false);
  expect(looksAlike(picture(), picture({ width: 201 }))).toBe(false);
});

import { expect, test } from "vitest";
import { arrangePanels, movePanel, PLAIN_WALL, toggleHidden, togglePinned } from "./wall-layout.ts";

const groups = ["loss", "lr", "time"].map((id) => ({ id, prefix: null, keys: [id] }));
const ids = (list: readonly { id: string }[]) => list.map(({ id }) => id);
const all = () => true;
const shown = ids(groups);

test("pinned panels come first, in the order in which they were pinned", () => {
  const layout = togglePinned(togglePinned(PLAIN_WALL, "time"), "lr");
  expect(ids(arrangePanels(groups, layout, all))).toEqual(["time", "lr", "loss"]);
  expect(ids(arrangePanels(groups, togglePinned(layout, "time"), all))).toEqual([
    "lr",
    "loss",
    "time",
  ]);
});

test("a pinned panel moves by one place and stays at the ends", () => {
  const layout = { ...PLAIN_WALL, pinned: ["time", "lr"] };
  expect(movePanel(layout, "lr", { by: -1, shown }).pinned).toEqual(["lr", "time"]);
  expect(movePanel(layout, "time", { by: -1, shown }).pinned).toEqual(["time", "lr"]);
});

test("a panel that is not pinned moves among the others, and a new metric follows them", () => {
  const layout = movePanel({ ...PLAIN_WALL, pinned: ["loss"] }, "time", { by: -1, shown });
  const more = [...groups, { id: "alpha", prefix: null, keys: ["alpha"] }];
  expect(ids(arrangePanels(more, layout, all))).toEqual(["loss", "time", "lr", "alpha"]);
});

test("a hidden panel is gone until it is shown again, and keeps its place", () => {
  const layout = toggleHidden(togglePinned(PLAIN_WALL, "time"), "time");
  expect(ids(arrangePanels(groups, layout, all))).toEqual(["loss", "lr"]);
  expect(ids(arrangePanels(groups, toggleHidden(layout, "time"), all))[0]).toBe("time");
});

test("a search leaves pinned panels out that it does not mean", () => {
  const layout = { ...PLAIN_WALL, pinned: ["time"] };
  expect(ids(arrangePanels(groups, layout, ({ id }) => id.startsWith("l")))).toEqual([
    "loss",
    "lr",
  ]);
});

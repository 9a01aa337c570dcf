import { expect, test } from "vitest";
import { arrangePanels, movePinned, PLAIN_WALL, togglePinned } from "./wall-layout.ts";

const groups = ["loss", "lr", "time"].map((id) => ({ id, prefix: null, keys: [id] }));
const ids = (list: readonly { id: string }[]) => list.map(({ id }) => id);
const all = () => true;

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
  const layout = { pinned: ["time", "lr"] };
  expect(movePinned(layout, "lr", -1).pinned).toEqual(["lr", "time"]);
  expect(movePinned(layout, "time", -1).pinned).toEqual(["time", "lr"]);
  expect(movePinned(layout, "loss", 1).pinned).toEqual(["time", "lr"]);
});

test("a search leaves pinned panels out that it does not mean", () => {
  const found = arrangePanels(groups, { pinned: ["time"] }, ({ id }) => id.startsWith("l"));
  expect(ids(found)).toEqual(["loss", "lr"]);
});

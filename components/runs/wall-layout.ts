import type { PanelGroup } from "./panel-groups.ts";

/** How a reader arranged a run's wall. */
export type WallLayout = {
  /** Panels at the top, in this order. */
  pinned: readonly string[];
  /** Panels whose place was chosen; the others follow as they come. */
  order: readonly string[];
  hidden: readonly string[];
};

export const PLAIN_WALL: WallLayout = { pinned: [], order: [], hidden: [] };

/** Pinned panels first, then the others; only those that are not hidden and hold what is looked for. */
export function arrangePanels(
  groups: readonly PanelGroup[],
  { pinned, order, hidden }: WallLayout,
  holds: (group: PanelGroup) => boolean,
): PanelGroup[] {
  const shown = groups.filter((group) => !hidden.includes(group.id) && holds(group));
  const chosen = [...pinned, ...order.filter((id) => !pinned.includes(id))];
  const placed = chosen.flatMap((id) => shown.filter((group) => group.id === id));
  return [...placed, ...shown.filter((group) => !chosen.includes(group.id))];
}

export const togglePinned = (layout: WallLayout, id: string): WallLayout => ({
  ...layout,
  pinned: toggled(layout.pinned, id),
});

export const toggleHidden = (layout: WallLayout, id: string): WallLayout => ({
  ...layout,
  hidden: toggled(layout.hidden, id),
});

const toggled = (ids: readonly string[], id: string): string[] =>
  ids.includes(id) ? ids.filter((one) => one !== id) : [...ids, id];

/** Moves a panel one place to the front or the back, pinned ones among the pinned; at the end it stays. */
export function movePanel(
  layout: WallLayout,
  id: string,
  { by, shown }: { by: -1 | 1; shown: readonly string[] },
): WallLayout {
  if (layout.pinned.includes(id)) {
    return { ...layout, pinned: swapped(layout.pinned, id, by) };
  }
  const free = shown.filter((one) => !layout.pinned.includes(one));
  return { ...layout, order: swapped(free, id, by) };
}

function swapped(ids: readonly string[], id: string, by: -1 | 1): string[] {
  const from = ids.indexOf(id);
  const other = ids[from + by];
  return from < 0 || other === undefined
    ? [...ids]
    : ids.map((one, index) => (index === from ? other : index === from + by ? id : one));
}

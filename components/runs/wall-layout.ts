import type { PanelGroup } from "./panel-groups.ts";

/** How a reader arranged a run's wall: panels at the top, in this order. */
export type WallLayout = { pinned: readonly string[] };

export const PLAIN_WALL: WallLayout = { pinned: [] };

/** Pinned panels first, in the order of their pins; then those whose title or metrics hold what is looked for. */
export function arrangePanels(
  groups: readonly PanelGroup[],
  { pinned }: WallLayout,
  holds: (group: PanelGroup) => boolean,
): PanelGroup[] {
  const shown = groups.filter(holds);
  const top = pinned.flatMap((id) => shown.filter((group) => group.id === id));
  return [...top, ...shown.filter((group) => !pinned.includes(group.id))];
}

export const togglePinned = ({ pinned }: WallLayout, id: string): WallLayout => ({
  pinned: pinned.includes(id) ? pinned.filter((one) => one !== id) : [...pinned, id],
});

/** Moves a pinned panel one place to the front or the back; at the end it stays. */
export function movePinned({ pinned }: WallLayout, id: string, by: -1 | 1): WallLayout {
  const from = pinned.indexOf(id);
  const to = from + by;
  const other = pinned[to];
  if (from < 0 || other === undefined) {
    return { pinned };
  }
  return {
    pinned: pinned.map((one, index) => (index === from ? other : index === to ? id : one)),
  };
}

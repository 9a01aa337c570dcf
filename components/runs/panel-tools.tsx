"use client";
import { useTranslations } from "next-intl";
import { movePanel, toggleHidden, togglePinned, type WallLayout } from "./wall-layout.ts";

type PanelToolsProps = {
  id: string;
  title: string;
  layout: WallLayout;
  /** The reader is arranging the wall. */
  arranging: boolean;
  shown: readonly string[];
  onLayout: (layout: WallLayout) => void;
};

/** Pins a panel to the top of the wall; while the wall is arranged also moves it and takes it away. */
export function PanelTools(props: PanelToolsProps) {
  const { id, title, layout, arranging, shown, onLayout } = props;
  const words = useTranslations("wall");
  const pinned = layout.pinned.includes(id);
  const move = (by: -1 | 1) => onLayout(movePanel(layout, id, { by, shown }));
  return (
    <span className="panel-tools">
      <button
        type="button"
        className="text-btn"
        aria-pressed={pinned}
        aria-label={words("pinName", { title })}
        onClick={() => onLayout(togglePinned(layout, id))}
      >
        {words(pinned ? "pinned" : "pin")}
      </button>
      {arranging && (
        <>
          <Tool name={words("forward", { title })} sign="←" onPress={() => move(-1)} />
          <Tool name={words("back", { title })} sign="→" onPress={() => move(1)} />
          <button
            type="button"
            className="text-btn"
            aria-label={words("hideName", { title })}
            onClick={() => onLayout(toggleHidden(layout, id))}
          >
            {words("hide")}
          </button>
        </>
      )}
    </span>
  );
}

function Tool({ name, sign, onPress }: { name: string; sign: string; onPress: () => void }) {
  return (
    <button type="button" className="text-btn" aria-label={name} title={name} onClick={onPress}>
      {sign}
    </button>
  );
}

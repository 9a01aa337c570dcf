import type { ChartModel } from "./chart-model.ts";
import type { CursorStore } from "./chart-sync.tsx";
import type { ChartWindow, XAxis } from "./series.ts";
import type { ZoomBounds } from "./zoom-window.ts";

/** What the plot's surface and its gestures share. */
export type SurfaceProps = {
  model: ChartModel;
  store: CursorStore;
  bounds: ZoomBounds;
  xAxis: XAxis;
  locale: string;
  name: string;
  /** Pins the reading at a place of the axis, or takes it away. */
  onPin: (x: number) => void;
  onWindow: (window: ChartWindow | null) => void;
};

import type { IconName } from "./icon.tsx";

const BOX = "0 0 16 16";

/** [path, classes] pairs: k strokes, f fills, cut is drawn in the paper's colour over a fill. */
type Drawing = readonly (readonly [path: string, look: "k" | "f" | "k f" | "cut"])[];

const RING = "M8 1.5a6.5 6.5 0 1 1 0 13a6.5 6.5 0 1 1 0-13z";
/** States and actions; the marks of events belong to the charts. */
const DRAWINGS: readonly (readonly [IconName, Drawing])[] = [
  [
    "s-live",
    [
      ["M8 4a4 4 0 1 1 0 8a4 4 0 1 1 0-8z", "f"],
      ["M8 1a7 7 0 1 1 0 14a7 7 0 1 1 0-14z", "k"],
    ],
  ],
  [
    "s-good",
    [
      ["M8 .5a7.5 7.5 0 1 1 0 15a7.5 7.5 0 1 1 0-15z", "f"],
      ["m4.5 8.3 2.5 2.4 4.5-5", "cut"],
    ],
  ],
  [
    "s-warn",
    [
      ["M8 1 15.5 14.5H.5z", "f"],
      ["M8 6v4M8 11.7v1.3", "cut"],
    ],
  ],
  [
    "s-bad",
    [
      ["M5 .8h6L15.2 5v6L11 15.2H5L.8 11V5z", "f"],
      ["m5.5 5.5 5 5m0-5-5 5", "cut"],
    ],
  ],
  ["s-open", [[RING, "k"]]],
  [
    "s-half",
    [
      [RING, "k"],
      ["M8 1.5a6.5 6.5 0 0 1 0 13z", "f"],
    ],
  ],
  ["s-paused", [["M3.5 2h3v12h-3zM9.5 2h3v12h-3z", "f"]]],
  ["s-stalled", [["M8 1.5 15 14H1zM8 6.5v3.5M8 11v1.2", "k"]]],
  [
    "s-finished",
    [
      ["M2 2h12v12H2z", "f"],
      ["m5 8.2 2.2 2.2L11.2 6", "cut"],
    ],
  ],
  [
    "i-theme",
    [
      [RING, "k"],
      ["M8 1.5a6.5 6.5 0 0 0 0 13z", "f"],
    ],
  ],
  ["i-down", [["M8 1v10M3.5 7 8 11.5 12.5 7M2 15h12", "k"]]],
  ["i-lock", [["M3 7h10v8H3zM5 7V5a3 3 0 0 1 6 0v2", "k"]]],
  ["i-up", [["M8 14V3M3 8l5-5 5 5", "k"]]],
  ["i-copy", [["M5 5h9v10H5zM2 11V1h9", "k"]]],
];

/** Every icon once per page; `Icon` refers to them. */
export function Sprite() {
  return (
    <svg width="0" height="0" className="sprite" aria-hidden="true">
      {DRAWINGS.map(([name, paths]) => (
        <symbol key={name} id={name} viewBox={BOX}>
          {paths.map(([path, look]) => (
            <path key={path} d={path} className={look} />
          ))}
        </symbol>
      ))}
    </svg>
  );
}

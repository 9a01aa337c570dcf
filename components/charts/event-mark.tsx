import type { JSX } from "react";
import { type ChartEventKind, toneOf } from "./events.ts";

/** Each kind's own mark in a field of 12 × 12 around the origin: filled = made, outlined = noticed. */
const SHAPES: Record<ChartEventKind, JSX.Element> = {
  start: <path d="M-4-5v10M-4-5l8 3.5-8 3.5" className="ch-k" />,
  restart: <path d="M-4-5v10M-1.5-4.5l6 4.5-6 4.5z" className="ch-k ch-f" />,
  stage: <path d="M-4-5v10M-4-5h8v5h-8" className="ch-k" />,
  data: <path d="M0-5V5M-5 0H5" className="ch-k" />,
  rate: <path d="M-5 4h4v-7h6" className="ch-k" />,
  growth: <path d="M-5 4.5h10M-3.5 1h7M-2-2.5h4" className="ch-k" />,
  spike: <path d="M0-5 5 4.5H-5z" className="ch-k" />,
  nan: <path d="M-4-4 4 4M4-4-4 4" className="ch-k" />,
  rollback: <path d="M5 4V0A2.5 2.5 0 0 0 2.5-2.5H-4M-1-5.5l-3.5 3L-1 .5" className="ch-k" />,
  stall: <path d="M-2.5-5v10M2.5-5v10" className="ch-k" />,
  slow: <path d="M0-5V4M-4 .5 0 4.5 4 .5" className="ch-k" />,
  checkpoint: <path d="M-3.5-3.5h7v7h-7z" className="ch-f" />,
  evaluation: <path d="M-4 4.5V0M0 4.5V-4.5M4 4.5V-2" className="ch-k" />,
  release: <path d="M0-6 6 0 0 6-6 0z" className="ch-f" />,
  initiative: <circle r="4" className="ch-k" />,
  command: <path d="M-4.5-4 0 0l-4.5 4M0 4.5h5" className="ch-k" />,
  finish: <path d="M-4-4h8v8h-8zM-2 .2-.5 1.7 2.2-1.6" className="ch-k" />,
  note: <path d="M-4-4h8M-4 0h8M-4 4h5" className="ch-k" />,
};

/** A kind's mark at a place inside a drawing. */
export function EventMark(props: {
  kind: ChartEventKind;
  x: number;
  y: number;
  scale?: number;
}): JSX.Element {
  const { kind, x, y, scale = 1 } = props;
  return (
    <g className={`ch-${toneOf(kind)}`} transform={`translate(${x} ${y}) scale(${scale})`}>
      {SHAPES[kind]}
    </g>
  );
}

/** The same mark as an icon in running text or a key; the word beside it says what it means. */
export function EventIcon({ kind }: { kind: ChartEventKind }): JSX.Element {
  return (
    <svg className="ch-icon" viewBox="-6 -6 12 12" aria-hidden="true">
      <EventMark kind={kind} x={0} y={0} />
    </svg>
  );
}

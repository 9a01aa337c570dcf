/** One attempt's buckets in rising step order; NaN where a bucket has no finite value. */
export type CurvePart = {
  steps: number[];
  mean: number[];
  min: number[];
  max: number[];
  /** Steps from here on were left behind by a later attempt. */
  countsBefore: number;
};
export type Box = { left: number; top: number; width: number; height: number };
export type Scale = { firstStep: number; lastStep: number; low: number; high: number };

const LINE = "#3b5ce5";
const BAND = "#c4cdf5";
const ABANDONED = "#7f888c";
const GRID = "#dfe3e0";
const GRID_LINES = 4;
/** The first steps of a training fall from so high that they would flatten the rest. */
const WARM_UP = 0.03;
const HEADROOM = 0.08;

/** What the picture shows: all steps, and the losses after the warm-up. Null without a single finite value. */
export function curveScale(parts: readonly CurvePart[]): Scale | null {
  const steps = parts.flatMap((part) => part.steps);
  const [firstStep, lastStep] = [least(steps), -least(steps.map((step) => -step))];
  const from = firstStep + (lastStep - firstStep) * WARM_UP;
  const shown = parts.flatMap(({ steps: at, mean }) =>
    mean.filter((value, index) => Number.isFinite(value) && (at[index] ?? 0) >= from),
  );
  if (shown.length === 0) {
    return null;
  }
  const [low, high] = [least(shown), -least(shown.map((value) => -value))];
  const room = (high - low || Math.abs(high) || 1) * HEADROOM;
  return { firstStep, lastStep, low: low - room, high: high + room };
}

/** The curve as SVG without any text: grid, what was left behind, band and line. */
export function curveSvg(parts: readonly CurvePart[], box: Box, scale: Scale): string {
  const place = placer(box, scale);
  const left = parts.map((part) => drawPart(part, place, (step) => step > part.countsBefore));
  const kept = parts.map((part) => drawPart(part, place, (step) => step <= part.countsBefore));
  const clip = `<clipPath id="plot"><rect x="${box.left}" y="${box.top}" width="${box.width}" height="${box.height}"/></clipPath>`;
  const lines = [
    ...left.map(({ line }) => path(line, ABANDONED, 2)),
    ...kept.map(({ band }) => `<path d="${band}" fill="${BAND}"/>`),
    ...kept.map(({ line }) => path(line, LINE, 3)),
  ];
  return `${clip}${grid(box)}<g clip-path="url(#plot)">${lines.join("")}</g>`;
}

type Place = (step: number, value: number) => string;

function placer(box: Box, { firstStep, lastStep, low, high }: Scale): Place {
  const width = lastStep - firstStep || 1;
  return (step, value) => {
    const x = box.left + ((step - firstStep) / width) * box.width;
    const y = box.top + ((high - value) / (high - low)) * box.height;
    return `${x.toFixed(1)} ${y.toFixed(1)}`;
  };
}

/** The pen lifts where a bucket has no finite value. */
function drawPart(part: CurvePart, place: Place, wanted: (step: number) => boolean) {
  let line = "";
  let band = "";
  let stretch: number[] = [];
  const close = () => {
    line += stretch
      .map((i, at) => `${at === 0 ? "M" : "L"}${place(part.steps[i] ?? 0, part.mean[i] ?? 0)}`)
      .join("");
    if (stretch.length > 1) {
      const upper = stretch.map((i) => place(part.steps[i] ?? 0, part.max[i] ?? 0));
      const lower = stretch.toReversed().map((i) => place(part.steps[i] ?? 0, part.min[i] ?? 0));
      band += `M${[...upper, ...lower].join("L")}Z`;
    }
    stretch = [];
  };
  for (const [index, step] of part.steps.entries()) {
    if (wanted(step) && Number.isFinite(part.mean[index])) {
      stretch.push(index);
    } else {
      close();
    }
  }
  close();
  return { line, band };
}

function path(d: string, colour: string, width: number): string {
  return `<path d="${d}" fill="none" stroke="${colour}" stroke-width="${width}" stroke-linejoin="round" stroke-linecap="round"/>`;
}

function grid({ left, top, width, height }: Box): string {
  return Array.from({ length: GRID_LINES + 1 }, (_, index) => {
    const y = top + (height * index) / GRID_LINES;
    return `<path d="M${left} ${y}h${width}" stroke="${GRID}" stroke-width="1"/>`;
  }).join("");
}

/** Without spreading: there may be more values than a call takes. */
function least(values: readonly number[]): number {
  return values.reduce((low, value) => Math.min(low, value), Infinity);
}

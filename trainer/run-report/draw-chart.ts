const WIDTH = 760;
const HEIGHT = 280;
const LEFT = 56;
const RIGHT = 12;
const TOP = 28;
const BOTTOM = 34;
/** Told apart also without colour: they differ in lightness. */
const COLOURS = ["#1f4e8c", "#c2571a", "#3d8b57", "#8a5fb0", "#9a7b1d", "#5a6670"];
const TICKS = 5;

export type Line = { name: string; points: [x: number, y: number][]; faint?: boolean };
export type Chart = { title: string; x: string; lines: Line[] };

/** A line chart as a self-contained SVG; a line with `faint` is drawn behind, in the colour of the next one. */
export function drawChart({ title, x, lines }: Chart): string {
  const all = lines.flatMap(({ points }) => points);
  const xs = extent(all.map(([at]) => at));
  const ys = extent(all.map(([, value]) => value));
  const px = (at: number): number =>
    LEFT + ((at - xs[0]) / (xs[1] - xs[0])) * (WIDTH - LEFT - RIGHT);
  const py = (value: number): number =>
    HEIGHT - BOTTOM - ((value - ys[0]) / (ys[1] - ys[0])) * (HEIGHT - TOP - BOTTOM);
  const drawn = lines.map(({ points, faint }, i) => {
    const colour = COLOURS[lines.slice(0, i).filter((line) => !line.faint).length % COLOURS.length];
    const path = points
      .map(([at, value], k) => `${k === 0 ? "M" : "L"}${px(at).toFixed(1)} ${py(value).toFixed(1)}`)
      .join("");
    const look = faint ? 'stroke-width="0.7" opacity="0.3"' : 'stroke-width="1.8"';
    return `<path d="${path}" fill="none" stroke="${colour}" ${look}/>`;
  });
  const named = lines.filter(({ faint }) => !faint);
  const legend = named.map(({ name }, i) => {
    const at = WIDTH - RIGHT - 120 * (named.length - i);
    return `<rect x="${at}" y="9" width="12" height="3" fill="${COLOURS[i % COLOURS.length]}"/><text x="${at + 17}" y="15">${quoted(name)}</text>`;
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${quoted(title)}" font-family="sans-serif" font-size="11" fill="#444">`,
    `<rect width="${WIDTH}" height="${HEIGHT}" fill="#fff"/>`,
    `<text x="${LEFT}" y="15" font-weight="bold">${quoted(title)}</text>`,
    ...ticks(ys).map(
      (value) =>
        `<path d="M${LEFT} ${py(value).toFixed(1)}H${WIDTH - RIGHT}" stroke="#e3e3e3"/><text x="${LEFT - 6}" y="${(py(value) + 4).toFixed(1)}" text-anchor="end">${label(value)}</text>`,
    ),
    ...ticks(xs).map(
      (at) =>
        `<text x="${px(at).toFixed(1)}" y="${HEIGHT - BOTTOM + 15}" text-anchor="middle">${label(at)}</text>`,
    ),
    `<text x="${WIDTH - RIGHT}" y="${HEIGHT - 5}" text-anchor="end">${quoted(x)}</text>`,
    ...drawn,
    ...legend,
    "</svg>\n",
  ].join("\n");
}

function extent(values: number[]): [number, number] {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const value of values) {
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  return low < high ? [low, high] : [low - 1, low + 1];
}

/** Round numbers within the range. */
function ticks([low, high]: [number, number]): number[] {
  const rough = (high - low) / TICKS;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((size) => size >= rough) ?? rough;
  const first = Math.ceil(low / step);
  return Array.from({ length: Math.floor(high / step) - first + 1 }, (_, i) => (first + i) * step);
}

function label(value: number): string {
  return Math.abs(value) >= 10_000
    ? `${Number((value / 1000).toPrecision(4))}k`
    : String(Number(value.toPrecision(4)));
}

function quoted(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");
}

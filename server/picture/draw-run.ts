import sharp from "sharp";
import type { BucketSeries, Series } from "../metrics/contract.ts";
import { readSeries } from "../metrics/read-series.ts";
import type { Pool } from "../platform/pool.ts";
import type { RunDetail } from "../runs/contract.ts";
import { type CurvePart, curveScale, curveSvg, type Scale } from "./curve-svg.ts";
import { drawText, type Text } from "./draw-text.ts";

/** The size that Open Graph's readers agree on. */
export const PICTURE = { width: 1200, height: 630 } as const;
const BOX = { left: 60, top: 170, width: 960, height: 380 };
const BUCKETS = 960;
const MOST_ATTEMPTS = 20;
const [PAPER, INK, INK_2, LIVE, IDLE] = ["#f5f6f4", "#12171a", "#5e686e", "#c42d1a", "#7a8481"];
const LONGEST_NAME = 34;

/** A run's loss as a picture for links to it: name, state, newest loss, and the curve so far with every attempt. */
export async function drawRun(pool: Pool, run: RunDetail): Promise<Buffer> {
  const parts = await readParts(pool, run);
  const scale = curveScale(parts);
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${PICTURE.width}" height="${PICTURE.height}">
    <rect width="100%" height="100%" fill="${PAPER}"/>
    <circle cx="72" cy="54" r="11" fill="${run.status === "live" ? LIVE : IDLE}"/>
    ${scale === null ? "" : curveSvg(parts, BOX, scale)}
  </svg>`;
  const texts = await Promise.all(textsOf(run, scale).map(drawText));
  return await sharp(Buffer.from(svg))
    .composite(texts.filter((text) => text !== null))
    .png({ compressionLevel: 9, palette: true })
    .toBuffer();
}

function textsOf(run: RunDetail, scale: Scale | null): Text[] {
  const loss = run.latest["loss"];
  const name = run.name.length > LONGEST_NAME ? `${run.name.slice(0, LONGEST_NAME)}…` : run.name;
  const right = BOX.left + BOX.width;
  const texts: Text[] = [
    { text: run.status, size: 30, colour: INK, x: 96, align: "left", y: 54 },
    { text: "CPM-Live", size: 30, colour: INK_2, x: 1140, align: "right", y: 54 },
    { text: name, size: 52, colour: INK, x: 60, align: "left", y: 116, within: 860 },
  ];
  if (typeof loss === "number") {
    const y = 116;
    texts.push({
      text: loss.toFixed(3),
      size: 52,
      colour: INK,
      x: 1140,
      align: "right",
      y,
    });
  }
  if (scale === null) {
    const text = "No loss has been logged yet.";
    return [...texts, { text, size: 32, colour: INK_2, x: 60, align: "left", y: 360 }];
  }
  for (const [share, value] of [
    [0, scale.high],
    [0.5, (scale.high + scale.low) / 2],
    [1, scale.low],
  ] as const) {
    const y = BOX.top + share * BOX.height;
    texts.push({ text: shortly(value), size: 26, colour: INK_2, x: right + 16, align: "left", y });
  }
  const y = BOX.top + BOX.height + 38;
  const first = scale.firstStep.toLocaleString("en");
  const unit = run.config["stepUnit"] === "day" ? "day" : "step";
  const last = `${unit} ${scale.lastStep.toLocaleString("en")}`;
  texts.push({ text: first, size: 26, colour: INK_2, x: BOX.left, align: "left", y });
  texts.push({ text: last, size: 26, colour: INK_2, x: right, align: "right", y });
  return texts;
}

function shortly(value: number): string {
  return Math.abs(value) >= 1000 ? value.toExponential(1) : value.toPrecision(3);
}

/** The newest attempts; of each, where the next one that counts took over. */
async function readParts(pool: Pool, run: RunDetail): Promise<CurvePart[]> {
  const shown = run.attempts.slice(-MOST_ATTEMPTS);
  const answers = await Promise.all(
    shown.map(({ number }) =>
      readSeries(pool, { runId: run.id, keys: ["loss"], attempt: number, buckets: BUCKETS }),
    ),
  );
  return answers.flatMap(({ series }, index) => {
    const loss = series["loss"];
    const later = shown.slice(index + 1).map(({ fromStep }) => fromStep);
    const countsBefore = later.reduce((low, step) => Math.min(low, step), Infinity);
    return loss === undefined ? [] : [{ ...columnsOf(loss), countsBefore }];
  });
}

function columnsOf(loss: Series): Omit<CurvePart, "countsBefore"> {
  if (loss.kind === "raw") {
    const values = loss.values.map(Number);
    return { steps: loss.steps, mean: values, min: values, max: values };
  }
  const numbers = (name: "mean" | "min" | "max") => (loss as BucketSeries)[name].map(Number);
  return { steps: loss.steps, mean: numbers("mean"), min: numbers("min"), max: numbers("max") };
}

import { useLocale, useTranslations } from "next-intl";
import { ANT_SHAPE, distanceBucket } from "#server/plan/contract.ts";
import { Drawing } from "./drawing.tsx";

const REACH = ANT_SHAPE.maxDistance;
const PLOT = { left: 8, right: 600, top: 24, bottom: 214 };
const X_MARKS = [-REACH, -1_024, -128, 128, 1_024, REACH];
const Y_MARKS = [0, 128, 256, 384, 511];
const DRAWN_EVERY = 4;

const xOf = (distance: number) =>
  PLOT.left + ((distance + REACH) / (2 * REACH)) * (PLOT.right - PLOT.left);
const yOf = (bucket: number) =>
  PLOT.bottom - (bucket / (ANT_SHAPE.buckets - 1)) * (PLOT.bottom - PLOT.top);

/** A line through the buckets from one distance to another. */
function lineOf(from: number, to: number): string {
  const points: string[] = [];
  for (let distance = from; distance <= to; distance += DRAWN_EVERY) {
    points.push(`${xOf(distance).toFixed(1)} ${yOf(distanceBucket(distance)).toFixed(1)}`);
  }
  return `M${points.join("L")}`;
}

/** Distance against bucket, from the rule itself: straight near, bent by the logarithm far away. */
export function BucketFigure() {
  const words = useTranslations("plan.buckets");
  const format = new Intl.NumberFormat(useLocale(), { signDisplay: "exceptZero" });
  return (
    <Drawing label={words("label")} caption={words("caption")} width={650} height={266}>
      {Y_MARKS.map((bucket) => (
        <g key={bucket}>
          <path className="grid" d={`M${PLOT.left} ${yOf(bucket)}H${PLOT.right}`} />
          <text className="quiet" x={PLOT.right + 8} y={yOf(bucket) + 4}>
            {bucket}
          </text>
        </g>
      ))}
      {X_MARKS.map((distance) => (
        <g key={distance}>
          <path className="grid" d={`M${xOf(distance)} ${PLOT.top}V${PLOT.bottom}`} />
          <text className="quiet" {...placeX(distance)} y={PLOT.bottom + 18}>
            {format.format(distance)}
          </text>
        </g>
      ))}
      <path className="line" d={lineOf(-REACH, 0)} />
      <path className="line" d={lineOf(1, REACH)} />
      <text x={xOf(-REACH)} y={PLOT.bottom + 42}>
        {words("before")}
      </text>
      <text x={xOf(REACH)} y={PLOT.bottom + 42} textAnchor="end">
        {words("after")}
      </text>
      <text className="quiet" x={650} y={13} textAnchor="end">
        {words("bucket")}
      </text>
    </Drawing>
  );
}

/** Marks at the edge and in the crowded middle step aside. */
function placeX(distance: number): { x: number; textAnchor: "start" | "middle" | "end" } {
  const x = xOf(distance);
  if (distance === -REACH || distance === 128) {
    return { x, textAnchor: "start" };
  }
  return { x, textAnchor: distance === REACH || distance === -128 ? "end" : "middle" };
}

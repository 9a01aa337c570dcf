import { type Chart, drawChart, type Line } from "./draw-chart.ts";
import type { RunLog } from "./read-run.ts";

const SMOOTH = 0.98;
/** More points than this are wider than a drawing. */
const MOST_POINTS = 700;

/** The drawings of a run, by file name. */
export function chartRun(run: RunLog): Map<string, string> {
  const tasks = metricNames(run).filter((name) => name.startsWith("loss/"));
  const examined = metricNames(run).filter((name) => /^eval\/(loss|accuracy)\//.test(name));
  const charts: [string, Chart][] = [
    ["loss", { title: "Training loss, nat", x: "step", lines: smoothed(run, "loss") }],
    [
      "tasks",
      {
        title: "Loss by task, smoothed, nat",
        x: "step",
        lines: tasks.flatMap((name) => smoothed(run, name).slice(1)),
      },
    ],
    [
      "held-out",
      {
        title: "Held-out loss, nat",
        x: "step",
        lines: examined
          .filter((name) => name.startsWith("eval/loss/"))
          .map((name) => ({ name: name.slice(10), points: points(run, name) })),
      },
    ],
    [
      "rate",
      {
        title: "Learning rate",
        x: "step",
        lines: [{ name: "rate", points: thin(points(run, "lr")) }],
      },
    ],
    [
      "memory",
      {
        title: "Resident memory, GiB",
        x: "step",
        lines: [{ name: "memory", points: thin(points(run, "memory/rss_gib")) }],
      },
    ],
    [
      "speed",
      { title: "Tokens a second", x: "step", lines: smoothed(run, "throughput/tokens_per_second") },
    ],
  ];
  return new Map(
    charts
      .filter(([, { lines }]) => lines.some((line) => line.points.length > 1))
      .map(([name, chart]) => [name, drawChart(chart)]),
  );
}

function metricNames({ steps }: RunLog): string[] {
  return [...new Set(steps.flatMap(({ values }) => Object.keys(values)))].sort();
}

function points({ steps }: RunLog, metric: string): [number, number][] {
  return steps.flatMap(({ step, values }) => {
    const value = values[metric];
    return value === undefined ? [] : [[step, value] as [number, number]];
  });
}

/** The raw values, faint, and behind them in the list their average without the bias of its start. */
function smoothed(run: RunLog, metric: string): Line[] {
  const raw = points(run, metric);
  let sum = 0;
  let weight = 0;
  const mean = raw.map(([step, value]): [number, number] => {
    sum = SMOOTH * sum + (1 - SMOOTH) * value;
    weight = SMOOTH * weight + (1 - SMOOTH);
    return [step, sum / weight];
  });
  const name = metric.replace(/^loss\//, "").replace(/^throughput\//, "");
  return [
    { name, points: thin(raw), faint: true },
    { name, points: thin(mean) },
  ];
}

function thin(all: [number, number][]): [number, number][] {
  const every = Math.max(1, Math.ceil(all.length / MOST_POINTS));
  return all.filter((_, i) => i % every === 0 || i === all.length - 1);
}

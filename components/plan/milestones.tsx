import { useTranslations } from "next-intl";
import { Link } from "#components/layout/navigation.ts";
import { useFormats } from "#components/runs/use-formats.ts";
import type { RunDetail } from "#server/runs/contract.ts";
import { Drawing } from "./drawing.tsx";

const PLOT = { left: 1, right: 649, top: 12, row: 34, bar: 14 };

const LATE = 0.8;

type Bounds = { from: number; to: number };

const boundsOf = (run: RunDetail): Bounds => ({
  from: run.startedAt ?? run.createdAt,
  to: run.finishedAt ?? run.updatedAt,
});

/** The finished trainings of the archive, on one line of time and as a list; empty where a portal keeps none. */
export function Milestones({ runs }: { runs: readonly RunDetail[] }) {
  const words = useTranslations("plan.milestones");
  if (runs.length === 0) {
    return <p className="empty">{words("none")}</p>;
  }
  return (
    <>
      <Timeline runs={runs} />
      <ol className="plan-milestones">
        {runs.map((run) => (
          <Milestone key={run.id} run={run} />
        ))}
      </ol>
    </>
  );
}

function Timeline({ runs }: { runs: readonly RunDetail[] }) {
  const words = useTranslations("plan.milestones");
  const formats = useFormats();
  const bounds = runs.map(boundsOf);
  const from = Math.min(...bounds.map((one) => one.from));
  const to = Math.max(...bounds.map((one) => one.to));
  const xOf = (time: number) =>
    PLOT.left + ((time - from) / Math.max(1, to - from)) * (PLOT.right - PLOT.left);
  const foot = PLOT.top + runs.length * PLOT.row;
  return (
    <Drawing label={words("label")} caption={words("caption")} width={650} height={foot + 30}>
      {runs.map((run, index) => {
        const { from: begin, to: end } = boundsOf(run);
        // A bar that ends near the edge has its name before it.
        const late = xOf(end) > PLOT.right * LATE;
        const y = PLOT.top + index * PLOT.row;
        return (
          <g key={run.id}>
            <rect
              className="asked"
              x={xOf(begin)}
              y={y}
              width={Math.max(2, xOf(end) - xOf(begin))}
              height={PLOT.bar}
            />
            <text
              className="strong"
              x={late ? xOf(begin) - 8 : xOf(end) + 8}
              y={y + 12}
              textAnchor={late ? "end" : "start"}
            >
              {run.name}
            </text>
          </g>
        );
      })}
      <path className="axis" d={`M${PLOT.left} ${foot}H${PLOT.right}`} />
      <text className="quiet" x={PLOT.left} y={foot + 20}>
        {formats.date(from)}
      </text>
      <text className="quiet" x={PLOT.right} y={foot + 20} textAnchor="end">
        {formats.date(to)}
      </text>
    </Drawing>
  );
}

function Milestone({ run }: { run: RunDetail }) {
  const words = useTranslations("plan.milestones");
  const formats = useFormats();
  const { from, to } = boundsOf(run);
  return (
    <li className="milestone">
      <h3>
        <Link href={`/runs/${run.id}`}>{run.name}</Link>
      </h3>
      <p>
        {words("span", { from: formats.date(from), to: formats.date(to) })}{" "}
        {run.latest["loss"] !== undefined &&
          words("ended", { loss: formats.loss(run.latest["loss"]) })}
      </p>
    </li>
  );
}

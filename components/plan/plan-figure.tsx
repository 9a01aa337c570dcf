import type { ReactNode } from "react";
import type { RunDetail } from "#server/runs/contract.ts";
import { BucketFigure } from "./bucket-figure.tsx";
import { FrameFigure } from "./frame-figure.tsx";
import { MaskFigure } from "./mask-figure.tsx";
import { Milestones } from "./milestones.tsx";
import { PipelineFigure } from "./pipeline-figure.tsx";
import type { PlanFigureName } from "./plan-figures.ts";
import { ScalesTable } from "./scales-table.tsx";
import { TreeFigure } from "./tree-figure.tsx";

type PlanFigureProps = { name: string; runs: readonly RunDetail[] };

/** The drawing, table or list that a text calls by `::name::`. */
export function PlanFigure({ name, runs }: PlanFigureProps): ReactNode {
  const figures: Record<PlanFigureName, ReactNode> = {
    scales: <ScalesTable />,
    pipeline: <PipelineFigure />,
    frame: <FrameFigure />,
    mask: <MaskFigure />,
    buckets: <BucketFigure />,
    tree: <TreeFigure />,
    milestones: <Milestones runs={runs} />,
  };
  return figures[name as PlanFigureName];
}

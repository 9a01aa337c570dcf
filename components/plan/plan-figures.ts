/** The figures that a text of the plan may call. */
export const PLAN_FIGURES = [
  "scales",
  "pipeline",
  "frame",
  "mask",
  "buckets",
  "tree",
  "milestones",
] as const;
export type PlanFigureName = (typeof PLAN_FIGURES)[number];

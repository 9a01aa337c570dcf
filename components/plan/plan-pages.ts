/** The pages of the plan in reading order; the first stands at /plan itself. Texts: messages/plan/PAGE.LANGUAGE.md */
export const PLAN_PAGES = [
  "overview",
  "scales",
  "features",
  "data",
  "co-construction",
  "agreement",
  "risks",
  "support",
  "cpm-ant",
  "cpm-bee",
  "milestones",
] as const;
export type PlanPage = (typeof PLAN_PAGES)[number];

export const isPlanPage = (name: string): name is PlanPage =>
  (PLAN_PAGES as readonly string[]).includes(name);

/** Without the language. */
export const planPath = (page: PlanPage): string =>
  page === "overview" ? "/plan" : `/plan/${page}`;

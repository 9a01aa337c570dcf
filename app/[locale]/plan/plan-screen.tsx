import type { Locale } from "#components/layout/locales.ts";
import { PlanArticle } from "#components/plan/plan-article.tsx";
import type { PlanPage } from "#components/plan/plan-pages.ts";
import { LIST_QUERY } from "#components/runs/list-query.ts";
import type { RunDetail } from "#server/runs/contract.ts";
import { planText } from "../../plan-text.ts";
import { callRpc } from "../../rpc.ts";

type PlanScreenProps = { page: PlanPage; locale: Locale };

export async function PlanScreen({ page, locale }: PlanScreenProps) {
  const [text, runs] = await Promise.all([
    planText(page, locale),
    page === "milestones" ? archivedRuns() : [],
  ]);
  return <PlanArticle page={page} text={text} runs={runs} />;
}

/** Called past the cache: this page is drawn by the server and asks nothing again. Oldest first. */
async function archivedRuns(): Promise<RunDetail[]> {
  const { runs } = await callRpc().runs.list(LIST_QUERY);
  const archived = runs.filter((run) => run.archived);
  const details = await Promise.all(archived.map(({ id }) => callRpc().runs.read({ id })));
  return details.sort((a, b) => begin(a) - begin(b));
}

const begin = (run: RunDetail): number => run.startedAt ?? run.createdAt;

import { useTranslations } from "next-intl";
import { Link } from "#components/layout/navigation.ts";
import { Markdown } from "#components/markdown/markdown.tsx";
import type { RunDetail } from "#server/runs/contract.ts";
import { PlanFigure } from "./plan-figure.tsx";
import { PLAN_PAGES, type PlanPage, planPath } from "./plan-pages.ts";
import type { PlanPart, PlanSection, PlanText } from "./read-plan-text.ts";

type PlanArticleProps = {
  page: PlanPage;
  text: PlanText;
  /** Finished trainings of the archive; only the milestones show them. */
  runs: readonly RunDetail[];
};

/** One page of the plan: its text and figures, beside the list of all pages with this one's sections. */
export function PlanArticle({ page, text, runs }: PlanArticleProps) {
  const words = useTranslations("plan");
  return (
    <div className="plan wrap">
      <Contents page={page} sections={text.sections} />
      <article>
        <header className="title">
          <p className="crumb">
            {page === "overview" ? words("title") : <Link href="/plan">{words("title")}</Link>}
          </p>
          <h1>{text.title}</h1>
          <p className="lede">{text.lede}</p>
        </header>
        {text.sections.map(({ id, heading, parts }) => (
          <section className="plan-sec" id={id} key={id} aria-labelledby={`${id}-h`}>
            <h2 id={`${id}-h`}>{heading}</h2>
            {parts.map((part) => (
              <Part key={"text" in part ? part.text : part.figure} part={part} runs={runs} />
            ))}
          </section>
        ))}
        <Turn page={page} />
      </article>
    </div>
  );
}

function Part({ part, runs }: { part: PlanPart; runs: readonly RunDetail[] }) {
  if ("figure" in part) {
    return <PlanFigure name={part.figure} runs={runs} />;
  }
  // Markdown draws its headings a level lower; within a section they are third ones.
  return <Markdown text={part.text.replaceAll(/^### /gm, "## ")} />;
}

function Contents({ page, sections }: { page: PlanPage; sections: readonly PlanSection[] }) {
  const words = useTranslations("plan");
  return (
    <nav className="plan-rail" aria-label={words("contents")}>
      <ol>
        {PLAN_PAGES.map((other) => (
          <li key={other}>
            <Link href={planPath(other)} {...(other === page ? { "aria-current": "page" } : {})}>
              {words(`page.${other}`)}
            </Link>
            {other === page && (
              <ol>
                {sections.map(({ id, heading }) => (
                  <li key={id}>
                    <a href={`#${id}`}>{heading}</a>
                  </li>
                ))}
              </ol>
            )}
          </li>
        ))}
      </ol>
    </nav>
  );
}

function Turn({ page }: { page: PlanPage }) {
  const words = useTranslations("plan");
  const at = PLAN_PAGES.indexOf(page);
  const [before, after] = [PLAN_PAGES[at - 1], PLAN_PAGES[at + 1]];
  return (
    <nav className="plan-turn" aria-label={words("turn")}>
      {before !== undefined && (
        <Link href={planPath(before)}>
          <small>{words("before")}</small>
          {words(`page.${before}`)}
        </Link>
      )}
      {after !== undefined && (
        <Link className="after" href={planPath(after)}>
          <small>{words("after")}</small>
          {words(`page.${after}`)}
        </Link>
      )}
    </nav>
  );
}

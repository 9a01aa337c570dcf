import { useFormatter, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Link } from "#components/layout/navigation.ts";
import type { ThreadPage } from "#server/forum/contract.ts";
import type { InitiativeDetail, Trial } from "#server/initiatives/contract.ts";
import { ConcernList } from "./concern-list.tsx";
import { Discussion } from "./discussion.tsx";
import { InitiativeActions } from "./initiative-actions.tsx";
import { InitiativeRail } from "./initiative-rail.tsx";
import { LifeLine } from "./life-line.tsx";
import { LiveInitiatives } from "./live-initiatives.tsx";
import { StateMark } from "./state-mark.tsx";
import { TrialList } from "./trial-list.tsx";
import { TrialTools } from "./trial-tools.tsx";
import "./initiatives.css";

/** The parts of the template that hold Markdown, drawn by the page. */
export type DrawnTexts = Record<"problem" | "proposal" | "effect" | "measure", ReactNode>;

type PageProps = {
  initiative: InitiativeDetail;
  trials: readonly Trial[];
  texts: DrawnTexts;
  summary: ReactNode;
  thread: ThreadPage | null;
  host: string;
  now: number;
};

export function InitiativePage({ initiative, trials, texts, now, ...talk }: PageProps) {
  const words = useTranslations("initiatives");
  const { id, title, category, state, author } = initiative;
  const { summary, thread, host } = talk;
  return (
    <>
      <LiveInitiatives topic={`initiative:${id}`} />
      <section className="title wrap">
        <p className="crumb">
          <Link href="/initiatives">{words("section")}</Link> / {id} ·{" "}
          {words(`category.${category}`)}
        </p>
        <h1>{title === "" ? words("untitled") : title}</h1>
        <p className="facts">
          <StateMark state={state} /> <span>{words("proposedBy", { name: author.name })}</span>{" "}
          {initiative.assignee !== null && (
            <span>{words("carriedBy", { name: initiative.assignee })}</span>
          )}
        </p>
        <Elsewhere initiative={initiative} />
      </section>
      <section className="wrap">
        <h2 className="sr">{words("whereItStands")}</h2>
        <LifeLine initiative={initiative} />
      </section>
      <div className="page with-rail wrap">
        <article>
          <TrialList trials={trials} />
          <Part title={words("problem")}>{texts.problem}</Part>
          <Part title={words("proposal")}>{texts.proposal}</Part>
          <Part title={words("effect")}>{texts.effect}</Part>
          <Part title={words("measure")}>{texts.measure}</Part>
          <Cost initiative={initiative} />
          <DataSheet initiative={initiative} />
          <Assessments initiative={initiative} />
          <Part title={words("concerns")} id="concerns">
            <ConcernList initiative={initiative} />
          </Part>
          <Discussion
            id={id}
            thread={thread}
            summary={summary}
            summaryText={initiative.summary}
            host={host}
          />
          <History initiative={initiative} />
        </article>
        <aside className="rail">
          <InitiativeRail initiative={initiative} now={now} />
          <TrialTools initiative={initiative} trials={trials} />
          <InitiativeActions initiative={initiative} now={now} />
        </aside>
      </div>
    </>
  );
}

function Part({ title, id, children }: { title: string; id?: string; children: ReactNode }) {
  return (
    <section className="sec-in" id={id}>
      <h2>{title}</h2>
      {children}
    </section>
  );
}

type OfInitiative = { initiative: InitiativeDetail };

/** Where its votes are counted now, or what serves its purpose. */
function Elsewhere({ initiative }: OfInitiative) {
  const words = useTranslations("initiatives");
  const { duplicateOf, supersededBy, duplicates } = initiative;
  return (
    <>
      {duplicateOf !== null && (
        <p className="notice">
          <Link href={`/initiatives/${duplicateOf}`}>{words("joinedTo", { id: duplicateOf })}</Link>
        </p>
      )}
      {supersededBy !== null && (
        <p className="notice">
          <Link href={`/initiatives/${supersededBy}`}>
            {words("supersededBy", { id: supersededBy })}
          </Link>
        </p>
      )}
      {duplicates.length > 0 && (
        <p className="quiet">
          {words("joined")}{" "}
          {duplicates.map(({ id, title }) => (
            <Link key={id} href={`/initiatives/${id}`}>
              {id}: {title}
            </Link>
          ))}
        </p>
      )}
    </>
  );
}

function Cost({ initiative }: OfInitiative) {
  const words = useTranslations("initiatives");
  const { text, gpuHours } = initiative;
  return (
    <Part title={words("cost")}>
      <p>
        {words("costAuthor", { hours: text.gpuHours ?? 0 })}
        {gpuHours !== null && <> {words("costAssessed", { hours: gpuHours })}</>}
      </p>
    </Part>
  );
}

const SHEET = ["source", "licence", "size", "language", "personalData", "contamination"] as const;

function DataSheet({ initiative }: OfInitiative) {
  const words = useTranslations("initiatives");
  const sheet = initiative.text.data;
  return sheet === null ? null : (
    <Part title={words("dataSheet")}>
      <table className="grid-table">
        <caption className="sr">{words("dataSheet")}</caption>
        <tbody>
          {SHEET.map((name) => (
            <tr key={name}>
              <th scope="row">{words(`sheet.${name}`)}</th>
              <td>{sheet[name]}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Part>
  );
}

function Assessments({ initiative }: OfInitiative) {
  const words = useTranslations("initiatives");
  const format = useFormatter();
  return initiative.assessments.length === 0 ? null : (
    <Part title={words("feasibility")}>
      <ul className="concerns">
        {initiative.assessments.map((one) => (
          <li key={one.id}>
            <p>
              <StateMark state={one.outcome} />{" "}
              <span className="note">
                {words("assessedBy", {
                  name: one.engineer.name,
                  version: one.version,
                  day: format.dateTime(one.createdAt, { dateStyle: "medium" }),
                })}
              </span>
            </p>
            <p>{one.reason}</p>
            <p className="note">
              {words("gpuHours", { hours: one.gpuHours })} · {words(`risk.${one.risk}`)}
            </p>
          </li>
        ))}
      </ul>
    </Part>
  );
}

function History({ initiative }: OfInitiative) {
  const words = useTranslations("initiatives");
  const format = useFormatter();
  return initiative.history.length === 0 ? null : (
    <Part title={words("decisions")}>
      <section className="scroll" aria-label={words("decisions")}>
        <table className="grid-table stacking">
          <caption className="sr">{words("decisions")}</caption>
          <thead>
            <tr>
              <th scope="col">{words("row")}</th>
              <th scope="col">{words("day")}</th>
              <th scope="col">{words("decision")}</th>
              <th scope="col">{words("reason")}</th>
            </tr>
          </thead>
          <tbody>
            {initiative.history.map(({ number, kind, reason, at }) => (
              <tr key={number}>
                <th scope="row">
                  <Link href={`/decisions?subjectId=${initiative.id}#decision-${number}`}>
                    {number}
                  </Link>
                </th>
                <td data-label={words("day")}>{format.dateTime(at, { dateStyle: "medium" })}</td>
                <td data-label={words("decision")}>
                  {words(`move.${kind.replace("initiative.", "")}`)}
                </td>
                <td data-label={words("reason")}>{reason}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </Part>
  );
}

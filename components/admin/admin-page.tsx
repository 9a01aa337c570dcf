import { useTranslations } from "next-intl";
import { Moment } from "#components/forum/moment.tsx";
import { Link } from "#components/layout/navigation.ts";
import { MemberName } from "#components/members/member-name.tsx";
import { useFormats } from "#components/runs/use-formats.ts";
import type { Notice, Overview } from "#server/admin/contract.ts";
import type { RunListItem } from "#server/runs/contract.ts";
import type { ShowcaseItem } from "#server/showcase/contract.ts";
import { FailedJobs } from "./failed-jobs.tsx";
import { NoticeForm } from "./notice-form.tsx";
import { TokenList } from "./token-list.tsx";

type AdminProps = {
  overview: Overview;
  notice: Notice;
  runs: readonly RunListItem[];
  featured: readonly ShowcaseItem[];
};

/** What an admin looks at and changes. Each change asks for a reason and is a row of the decision log. */
export function AdminPage({ overview, notice, runs, featured }: AdminProps) {
  const words = useTranslations("admin");
  return (
    <>
      <section className="title wrap">
        <h1>{words("title")}</h1>
        <p className="lede">
          {words.rich("lede", { log: (text) => <Link href="/decisions">{text}</Link> })}
        </p>
      </section>
      <div className="wrap admin-grid">
        <Waiting overview={overview} />
        <Staff overview={overview} />
        <Health overview={overview} />
        <Storage storage={overview.storage} />
        <section>
          <div className="head">
            <h2>{words("runs")}</h2>
            <Link href="/runs">{words("allRuns")}</Link>
          </div>
          <ul className="threads">
            {runs.map(({ id, name, project, updatedAt }) => (
              <li key={id}>
                <Link href={`/runs/${id}`}>{name}</Link>
                <p>
                  {project} · <Moment at={updatedAt} />
                </p>
              </li>
            ))}
          </ul>
        </section>
        <section>
          <div className="head">
            <h2>{words("featured")}</h2>
            <Link href="/showcase">{words("showcase")}</Link>
          </div>
          <p className="quiet">{words("featuredSay")}</p>
          <ul className="threads">
            {featured
              .filter((item) => item.featured)
              .map(({ id, title }) => (
                <li key={id}>
                  <Link href={`/showcase/${id}`}>{title}</Link>
                </li>
              ))}
          </ul>
        </section>
        <section className="whole">
          <div className="head">
            <h2>{words("failed")}</h2>
          </div>
          <FailedJobs jobs={overview.failed} />
        </section>
        <Queues queues={overview.queues} />
        <section>
          <div className="head">
            <h2>{words("tokens")}</h2>
          </div>
          <TokenList tokens={overview.tokens} />
        </section>
        <section>
          <div className="head">
            <h2>{words("notice")}</h2>
          </div>
          <NoticeForm notice={notice} />
        </section>
      </div>
    </>
  );
}

type PartProps = { overview: Overview };

function Waiting({ overview: { waiting } }: PartProps) {
  const words = useTranslations("admin");
  return (
    <section>
      <div className="head">
        <h2>{words("waiting")}</h2>
      </div>
      <ul className="threads">
        <li>
          <Link href="/admin/support">{words("offers", { count: waiting.offers })}</Link>
        </li>
        <li>
          <Link href="/moderation/queue">{words("reviews", { count: waiting.reviews })}</Link>
        </li>
        <li>{words("appeals", { count: waiting.appeals })}</li>
      </ul>
    </section>
  );
}

function Staff({ overview: { staff, members } }: PartProps) {
  const words = useTranslations("admin");
  return (
    <section>
      <div className="head">
        <h2>{words("staff")}</h2>
        <Link href="/members">{words("members", { count: members })}</Link>
      </div>
      <p className="quiet">{words("staffSay")}</p>
      <ul className="threads">
        {staff.map((member) => (
          <li key={member.id}>
            <MemberName member={member} picture />
          </li>
        ))}
      </ul>
    </section>
  );
}

function Health({ overview: { health } }: PartProps) {
  const words = useTranslations("admin");
  const formats = useFormats();
  const facts = [
    ["database", `PostgreSQL ${health.database}, ${health.answerMs.toFixed(1)} ms`],
    ["migrations", String(health.migrations)],
    ["node", health.node],
    ["up", formats.duration(health.upSeconds * 1_000)],
    ["memory", formats.bytes(health.memoryBytes)],
  ] as const;
  return (
    <section>
      <div className="head">
        <h2>{words("health")}</h2>
        <a href="/metrics">{words("metrics")}</a>
      </div>
      <Facts facts={facts.map(([name, value]) => [words(name), value])} />
    </section>
  );
}

function Storage({ storage }: Pick<Overview, "storage">) {
  const words = useTranslations("admin");
  const formats = useFormats();
  return (
    <section>
      <div className="head">
        <h2>{words("storage")}</h2>
      </div>
      <Facts
        facts={[
          [words("databaseSize"), formats.bytes(storage.databaseBytes)],
          [words("files"), formats.bytes(storage.fileBytes)],
          [words("free"), formats.bytes(storage.freeBytes)],
          ...storage.tables
            .slice(0, 6)
            .map(({ name, bytes }): [string, string] => [name, formats.bytes(bytes)]),
        ]}
      />
    </section>
  );
}

function Facts({ facts }: { facts: readonly (readonly [string, string])[] }) {
  return (
    <table className="mini">
      <tbody>
        {facts.map(([name, value]) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            <td className="n">{value}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Queues({ queues }: Pick<Overview, "queues">) {
  const words = useTranslations("admin");
  return (
    <section className="whole">
      <div className="head">
        <h2>{words("jobs")}</h2>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard. */}
      <section className="scroll" aria-label={words("jobs")} tabIndex={0}>
        <table className="grid-table">
          <thead>
            <tr>
              <th scope="col">{words("queue")}</th>
              {(["jobsWaiting", "jobsActive", "jobsFailed", "lastDone"] as const).map((name) => (
                <th key={name} scope="col" className="n">
                  {words(name)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {queues.map(({ name, waiting, active, failed, lastDoneAt }) => (
              <tr key={name}>
                <th scope="row">{name}</th>
                <td className="n">{waiting}</td>
                <td className="n">{active}</td>
                <td className="n">{failed}</td>
                <td className="n">{lastDoneAt === null ? "–" : <Moment at={lastDoneAt} />}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </section>
  );
}

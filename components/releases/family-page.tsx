import { useFormatter, useLocale, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Link } from "#components/layout/navigation.ts";
import { Icon } from "#components/ui/icon.tsx";
import type { LicenceTexts, MyAcceptances } from "#server/licences/contract.ts";
import type { FamilyDetail, ReleaseDetail } from "#server/releases/contract.ts";
import { CheckpointsTab } from "./checkpoints-tab.tsx";
import { DraftReleaseForm } from "./draft-release-form.tsx";
import { EvaluationsTab } from "./evaluations-tab.tsx";
import { familyHref, TABS, type Tab } from "./family-tabs.ts";
import { FilesTab } from "./files-tab.tsx";
import { LicenceGate } from "./licence-gate.tsx";
import { ReleaseCard } from "./release-card.tsx";
import { ReleaseTools } from "./release-tools.tsx";
import { StateMark } from "./state-mark.tsx";
import { TryIt } from "./try-it.tsx";
import { UseTab } from "./use-tab.tsx";

type FamilyPageProps = {
  family: FamilyDetail;
  tab: Tab;
  texts: LicenceTexts;
  mine: MyAcceptances;
  origin: string;
  /** What the initiatives' part says of what the release contains. */
  initiatives: ReactNode;
};

/** A model: one of its releases, part by part, with the gate to its files beside it. */
export function FamilyPage(props: FamilyPageProps) {
  const words = useTranslations("models");
  const { family, tab, texts, mine } = props;
  const { release } = family;
  return (
    <div className="model-page">
      <Title family={family} />
      <div className="page with-gate wrap">
        <article>
          {release === null ? (
            <p className="empty">
              <span>{words("noRelease")}</span>
            </p>
          ) : (
            <>
              <Tabs family={family.id} release={release} tab={tab} />
              <Part {...props} release={release} />
            </>
          )}
          <DraftReleaseForm family={family.id} />
          {release !== null && <ReleaseTools release={release} />}
        </article>
        <aside className="rail">
          {release?.manifestSha256 != null && release.state !== "yanked" && release.gated && (
            <LicenceGate release={release} texts={texts} mine={mine} />
          )}
          {release !== null && release.state !== "yanked" && (
            <TryIt checkpointId={release.checkpointId} of={{ version: release.version }} />
          )}
        </aside>
      </div>
    </div>
  );
}

function Title({ family }: { family: FamilyDetail }) {
  const words = useTranslations("models");
  const format = useFormatter();
  const locale = useLocale();
  const { release, title, summary } = family;
  return (
    <section className="title wrap">
      <p className="crumb">
        <Link href="/models">{words("title")}</Link>
      </p>
      <h1>{release === null ? title : `${title} ${release.version}`}</h1>
      <p className="lede">{locale === "zh" ? summary.zh : summary.en}</p>
      {release !== null && (
        <p className="facts">
          <StateMark state={release.state} />
          <span>
            <Link href={`/runs/${release.runId}#checkpoints`}>
              {words("checkpointOf", { step: format.number(release.step), run: release.runName })}
            </Link>
          </span>
          {release.parameters !== null && (
            <span>{words("parameters", { count: format.number(release.parameters) })}</span>
          )}
          {release.layers !== null && release.width !== null && (
            <span>{words("shape", { layers: release.layers, width: release.width })}</span>
          )}
          {release.publishedAt !== null && (
            <span>
              {format.dateTime(release.publishedAt, { dateStyle: "medium", timeZone: "UTC" })}
            </span>
          )}
        </p>
      )}
      {release !== null && release.publishedAt !== null && release.state !== "yanked" && (
        <p className="actions">
          <a className="btn" href="#try">
            {words("tryPrompt")}
          </a>
          <Link
            className="btn main"
            href={familyHref({ family: family.id, version: release.version, tab: "files" })}
          >
            <Icon name="i-down" />
            {words("download")}
          </Link>
        </p>
      )}
      {release?.state === "yanked" && (
        <p className="notice bad" role="note">
          <span>{words("yankedBecause", { reason: release.reason ?? "" })}</span>
        </p>
      )}
    </section>
  );
}

function Tabs({ family, release, tab }: { family: string; release: ReleaseDetail; tab: Tab }) {
  const words = useTranslations("models");
  return (
    <nav className="tabs" aria-label={words("parts")}>
      {TABS.map((one) => (
        <Link
          key={one}
          href={familyHref({ family, version: release.version, tab: one })}
          aria-current={one === tab ? "page" : undefined}
        >
          {words(`tab.${one}`)}
        </Link>
      ))}
    </nav>
  );
}

function Part(props: FamilyPageProps & { release: ReleaseDetail }) {
  const { family, release, tab, origin } = props;
  switch (tab) {
    case "card":
      return <ReleaseCard release={release} />;
    case "files":
      return <FilesTab release={release} origin={origin} />;
    case "checkpoints":
      return <CheckpointsTab family={family} />;
    case "evaluations":
      return <EvaluationsTab card={release.card} version={release.version} />;
    case "initiatives":
      return <>{props.initiatives}</>;
    case "use":
      return <UseTab release={release} origin={origin} />;
  }
}

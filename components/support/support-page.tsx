import { useLocale, useTranslations } from "next-intl";
import { Moment } from "#components/forum/moment.tsx";
import { Link } from "#components/layout/navigation.ts";
import type { Thanks } from "#server/support/contract.ts";
import { EmbedCode } from "./embed-code.tsx";
import { OfferForm } from "./offer-form.tsx";
import { ShareLinks } from "./share-links.tsx";

type PageProps = {
  thanks: readonly Thanks[];
  /** Of the portal, and the run on the air, for what others put on their sites. */
  origin: string;
  runId: string | null;
};

/** How to help: offers, sharing, things for one's own site; and who has helped. */
export function SupportPage({ thanks, origin, runId }: PageProps) {
  const words = useTranslations("support");
  const locale = useLocale();
  const badge = `${origin}/api/badge?lang=${locale}`;
  const curve = `${origin}/${locale}/embed/runs/${runId}`;
  return (
    <>
      <section className="title wrap">
        <h1>{words("title")}</h1>
        <p className="lede">{words("lede")}</p>
      </section>
      <section className="sec wrap">
        <h2>{words("offer")}</h2>
        <OfferForm />
      </section>
      <section className="sec wrap">
        <h2>{words("share")}</h2>
        <div>
          <p>{words("shareSay")}</p>
          <ShareLinks address={`${origin}/${locale}`} text={words("shareText")} />
        </div>
      </section>
      <section className="sec wrap">
        <h2>{words("embed")}</h2>
        <div className="embeds">
          <h3>{words("badge")}</h3>
          <p>
            {/* biome-ignore lint/performance/noImgElement: a drawing of a few hundred bytes that changes all the time. */}
            <img src={`/api/badge?lang=${locale}`} alt={words("badgeAlt")} height={24} />
          </p>
          <EmbedCode
            label={words("badgeCode")}
            code={`<a href="${origin}/${locale}"><img src="${badge}" alt="CPM-Live" height="24"></a>`}
          />
          <h3>{words("curve")}</h3>
          {runId === null ? (
            <p className="quiet">{words("noRun")}</p>
          ) : (
            <>
              <p>
                <Link href={`/embed/runs/${runId}`}>{words("seeCurve")}</Link>
              </p>
              <EmbedCode
                label={words("curveCode")}
                code={`<iframe src="${curve}" title="CPM-Live" width="640" height="360" loading="lazy"></iframe>`}
              />
            </>
          )}
        </div>
      </section>
      <section className="sec wrap">
        <h2>{words("press")}</h2>
        <div className="press">
          <p>{words("pressShort")}</p>
          <p>{words("pressLong")}</p>
          <ul>
            <li>
              <a href="/icon.svg" download>
                {words("logo")}
              </a>
            </li>
            {runId !== null && (
              <>
                <li>
                  <a href={`/api/v1/runs/${runId}/picture.png`}>{words("picture")}</a>
                </li>
                <li>
                  <Link href={`/runs/${runId}`}>{words("figures")}</Link>
                </li>
              </>
            )}
            <li>
              <Link href="/plan">{words("plan")}</Link>
            </li>
          </ul>
        </div>
      </section>
      <Ledger thanks={thanks} />
    </>
  );
}

function Ledger({ thanks }: Pick<PageProps, "thanks">) {
  const words = useTranslations("support");
  const language = useLocale() === "zh" ? "zh" : "en";
  return (
    <section className="sec wrap" id="thanks">
      <h2>{words("thanks")}</h2>
      {thanks.length === 0 ? (
        <p className="empty">
          <span>{words("noThanks")}</span>
        </p>
      ) : (
        <ol className="threads">
          {thanks.map(({ number, name, kind, what, at }) => (
            <li key={number}>
              <b>{name}</b>
              <p>
                {what[language]} · {words(`kind.${kind}`)} · <Moment at={at} time={false} />
              </p>
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}

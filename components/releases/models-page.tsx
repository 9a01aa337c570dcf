import { useFormatter, useLocale, useTranslations } from "next-intl";
import { Link } from "#components/layout/navigation.ts";
import { formatBytes } from "#components/runs/format-bytes.ts";
import type { FamilyItem, FamilyList } from "#server/releases/contract.ts";
import { NewModelForm } from "./new-model-form.tsx";
import { SizesTable } from "./sizes-table.tsx";

/** Every line of models with what it offers, and the sizes that the plan names. */
export function ModelsPage({ families }: FamilyList) {
  const words = useTranslations("models");
  return (
    <div className="model-page">
      <section className="title wrap">
        <h1>{words("title")}</h1>
        <p className="lede">{words("lede")}</p>
      </section>
      <div className="page wrap">
        <section>
          <h2 className="sr">{words("list")}</h2>
          {families.length === 0 ? (
            <p className="empty">
              <span>{words("none")}</span>
            </p>
          ) : (
            <ul className="model-list">
              {families.map((family) => (
                <Family key={family.id} family={family} />
              ))}
            </ul>
          )}
          <NewModelForm />
        </section>
      </div>
      <section className="sec wrap">
        <h2>{words("sizes")}</h2>
        <div>
          <SizesTable families={families} />
        </div>
      </section>
    </div>
  );
}

function Family({ family }: { family: FamilyItem }) {
  const words = useTranslations("models");
  const format = useFormatter();
  const locale = useLocale();
  const { id, title, summary, current, downloads } = family;
  return (
    <li>
      <h3>
        <Link href={`/models/${id}`}>{title}</Link>
      </h3>
      <p className="read">{locale === "zh" ? summary.zh : summary.en}</p>
      {current === null ? (
        <p className="quiet">{words("noRelease")}</p>
      ) : (
        <p className="facts">
          <span>{words("releaseNamed", { version: current.version })}</span>
          <span>{words("step", { step: format.number(current.step) })}</span>
          {current.parameters !== null && (
            <span>{words("parameters", { count: format.number(current.parameters) })}</span>
          )}
          <span>{formatBytes(current.bytes, locale)}</span>
          <span>{words("downloads", { count: downloads })}</span>
        </p>
      )}
    </li>
  );
}

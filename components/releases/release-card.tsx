import { useFormatter, useLocale, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Link } from "#components/layout/navigation.ts";
import { MemberName } from "#components/members/member-name.tsx";
import type { Card, Prose, ReleaseDetail } from "#server/releases/contract.ts";

/** The model card: what people wrote, and what was configured and measured. */
export function ReleaseCard({ release }: { release: ReleaseDetail }) {
  const words = useTranslations("models");
  const { card, prose } = release;
  return (
    <>
      <Section title={words("card.about")} first>
        <Written text={prose.about} />
        <p className="quiet">
          {words("card.draftedBy")} <MemberName member={release.author} />
          {release.approvedBy !== null && (
            <>
              {" · "}
              {words("card.approvedBy")} <MemberName member={release.approvedBy} />
            </>
          )}
        </p>
      </Section>
      <Section title={words("card.limitations")}>
        <Written text={prose.limitations} />
        <p>
          <Link href="/risks">{words("card.risks")}</Link>
          {" · "}
          <Link href="/licence">{words("card.licence")}</Link>
        </p>
      </Section>
      <Section title={words("card.architecture")}>
        <Architecture card={card} />
      </Section>
      <Section title={words("card.data")}>
        <Sources sources={card.sources} />
      </Section>
      <Section title={words("card.tasks")}>
        <Losses figures={card.tasks} none={words("card.noTasks")} />
      </Section>
      <Section title={words("card.prompts")}>
        <p className="quiet">{words("card.noPrompts")}</p>
      </Section>
      <Section title={words("card.used")}>
        <Used card={card} />
      </Section>
      <Section title={words("card.credits")}>
        <Written text={prose.credits} />
      </Section>
    </>
  );
}

function Section(props: { title: string; first?: boolean; children: ReactNode }) {
  return (
    <section className={props.first === true ? "sec-in first" : "sec-in"}>
      <h2>{props.title}</h2>
      <div>{props.children}</div>
    </section>
  );
}

function Written({ text }: { text: Prose["about"] }) {
  const words = useTranslations("models");
  const locale = useLocale();
  const shown = locale === "zh" ? text.zh || text.en : text.en || text.zh;
  return shown === "" ? (
    <p className="quiet">{words("card.notWritten")}</p>
  ) : (
    shown.split(/\n{2,}/).map((paragraph) => (
      <p className="read" key={paragraph}>
        {paragraph}
      </p>
    ))
  );
}

function Architecture({ card }: { card: Card }) {
  const words = useTranslations("models");
  const format = useFormatter();
  const rows = Object.entries(card.config ?? {});
  return (
    <>
      <dl className="pairs">
        {card.parameters !== null && (
          <Pair name={words("card.parameters")}>{format.number(card.parameters)}</Pair>
        )}
        {card.tokens !== null && (
          <Pair name={words("card.tokens")}>{format.number(card.tokens)}</Pair>
        )}
        {rows.map(([name, value]) => (
          <Pair key={name} name={<code>{name}</code>}>
            {typeof value === "number"
              ? format.number(value, { maximumSignificantDigits: 6 })
              : String(value)}
          </Pair>
        ))}
      </dl>
      <p className="note">{words("card.formula")}</p>
    </>
  );
}

function Pair({ name, children }: { name: ReactNode; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function Sources({ sources }: { sources: Card["sources"] }) {
  const words = useTranslations("models");
  const format = useFormatter();
  if (sources.length === 0) {
    return <p className="quiet">{words("card.noSources")}</p>;
  }
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard.
    <section className="scroll" aria-label={words("card.data")} tabIndex={0}>
      <table className="grid-table">
        <thead>
          <tr>
            <th scope="col">{words("card.source")}</th>
            <th scope="col">{words("card.language")}</th>
            <th scope="col" className="n">
              {words("card.tokens")}
            </th>
            <th scope="col">{words("card.licence")}</th>
          </tr>
        </thead>
        <tbody>
          {sources.map(({ source, lang, tokens, licence }) => (
            <tr key={`${source}-${lang}`}>
              <th scope="row">{source}</th>
              <td>{lang}</td>
              <td className="n">{format.number(tokens)}</td>
              <td>{licence}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Losses({ figures, none }: { figures: Record<string, number>; none: string }) {
  const format = useFormatter();
  const rows = Object.entries(figures);
  return rows.length === 0 ? (
    <p className="quiet">{none}</p>
  ) : (
    <dl className="pairs">
      {rows.map(([name, value]) => (
        <Pair key={name} name={<code>{name}</code>}>
          {format.number(value, { maximumSignificantDigits: 5 })}
        </Pair>
      ))}
    </dl>
  );
}

function Used({ card }: { card: Card }) {
  const words = useTranslations("models");
  const format = useFormatter();
  const { energyKwh, co2eKg, cost } = card;
  const digits = { maximumSignificantDigits: 4 } as const;
  if (energyKwh === null && co2eKg === null && cost === null) {
    return <p className="quiet">{words("card.notLogged")}</p>;
  }
  return (
    <dl className="pairs">
      {energyKwh !== null && (
        <Pair name={words("card.energy")}>{format.number(energyKwh, digits)} kWh</Pair>
      )}
      {co2eKg !== null && <Pair name="CO₂e">{format.number(co2eKg, digits)} kg</Pair>}
      {cost !== null && (
        <Pair name={words("card.cost")}>
          {format.number(cost.value, digits)} {cost.currency ?? ""}
        </Pair>
      )}
    </dl>
  );
}

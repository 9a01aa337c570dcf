import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { TryCalls } from "#components/api/try-calls.tsx";
import { formatBytes } from "#components/runs/format-bytes.ts";
import { CopyButton } from "#components/ui/copy-button.tsx";
import { LIVE_STREAM } from "#server/api/read-routes.ts";
import { routes } from "#server/api/routes.ts";
import { LIMITS } from "#server/runs/contract.ts";
import { requestOrigin } from "../../origin.ts";
import type { PageInput } from "../../page-input.ts";
import { pageLocale } from "../../page-locale.ts";
import { pageMetadata } from "../../page-metadata.ts";
import { callRpc } from "../../rpc.ts";
import { type Example, examples } from "./examples.ts";
import { readyCalls } from "./ready-calls.ts";

type ApiProps = PageInput<{ locale: string }>;

export async function generateMetadata({ params }: ApiProps): Promise<Metadata> {
  const locale = await pageLocale(params);
  const words = await getTranslations("api");
  return await pageMetadata({ locale, path: "/api", title: words("title") });
}

export default async function Api({ params }: ApiProps) {
  await pageLocale(params);
  const words = await getTranslations("api");
  const steps = examples(await requestOrigin());
  return (
    <>
      <section className="title wrap">
        <h1>{words("title")}</h1>
        <p className="lede">{words("lede")}</p>
      </section>
      {steps.map((step) => (
        <Step key={step.id} {...step} />
      ))}
      <Try />
      <Operations />
      <Limits />
    </>
  );
}

async function Step({ id, commands }: Example) {
  const words = await getTranslations("api");
  return (
    <section className="sec wrap">
      <h2>{words(id)}</h2>
      <div>
        <p className="read">{words(`${id}Say`)}</p>
        <div className="cmd">
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard. */}
          <pre tabIndex={0}>{commands}</pre>
          <CopyButton text={commands} label={words("copy")} doneLabel={words("copied")} />
        </div>
      </div>
    </section>
  );
}

/** On the run that spoke last, so that there is always something to see. */
async function Try() {
  const words = await getTranslations("apiTry");
  const does = await getTranslations("api.doesOf");
  const [newest] = (await callRpc().runs.list({ limit: 1 })).runs;
  const calls = readyCalls(newest?.id ?? null, (id) => does(id as "live"));
  return (
    <section className="sec wrap" id="try">
      <h2>{words("title")}</h2>
      <div>
        <p className="read">{words(newest === undefined ? "empty" : "say")}</p>
        <TryCalls calls={calls} />
      </div>
    </section>
  );
}

/** Straight from the table that the gateway serves; the live stream stands beside it. */
async function Operations() {
  const words = await getTranslations("api");
  const live = { id: "live", method: "GET", path: LIVE_STREAM.path, access: "public" } as const;
  return (
    <section className="sec wrap" id="operations">
      <h2>
        {words("operations")} <small>{words("operationsNote")}</small>
      </h2>
      <div>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard. */}
        <section className="scroll" aria-label={words("operations")} tabIndex={0}>
          <table className="grid-table routes">
            <thead>
              <tr>
                <th scope="col">{words("method")}</th>
                <th scope="col">{words("path")}</th>
                <th scope="col">{words("does")}</th>
                <th scope="col">{words("access")}</th>
              </tr>
            </thead>
            <tbody>
              {[...routes, live].map(({ id, method, path, access }) => (
                <tr key={id}>
                  <td>
                    <code>{method}</code>
                  </td>
                  <th scope="row">
                    <code>{path}</code>
                  </th>
                  <td>{words(`doesOf.${id}` as "doesOf.live")}</td>
                  <td className="nowrap">{words(`accessOf.${access}`)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
        <p className="quiet mt-3">{words("errors")}</p>
        <p className="mt-3">
          <a href="/api/v1/openapi.json">{words("document")}</a>
        </p>
      </div>
    </section>
  );
}

/** The limits that count bytes say so in their names. */
const inBytes = (name: string) => name.endsWith("Bytes");

async function Limits() {
  const words = await getTranslations("api");
  const locale = await getLocale();
  const entries = Object.entries(LIMITS) as [keyof typeof LIMITS, number][];
  return (
    <section className="sec wrap" id="limits">
      <h2>{words("limits")}</h2>
      <div>
        <table className="mini limits">
          <caption className="sr">{words("limitsCaption")}</caption>
          <tbody>
            {entries.map(([name, value]) => (
              <tr key={name}>
                <th scope="row">{words(`limit.${name}`)}</th>
                <td className="n">
                  {inBytes(name)
                    ? formatBytes(value, locale)
                    : new Intl.NumberFormat(locale).format(value)}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

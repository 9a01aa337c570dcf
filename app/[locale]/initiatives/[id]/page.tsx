import type { Metadata } from "next";
import { InitiativePage } from "#components/initiatives/initiative-page.tsx";
import { Markdown } from "#components/markdown/markdown.tsx";
import { initiativeOf } from "../../../initiative-of.ts";
import { requestOrigin } from "../../../origin.ts";
import type { PageInput } from "../../../page-input.ts";
import { pageLocale } from "../../../page-locale.ts";
import { pageMetadata } from "../../../page-metadata.ts";
import { callRpc } from "../../../rpc.ts";
import { threadOf } from "../../../thread-of.ts";

type Props = PageInput<{ locale: string; id: string }>;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const locale = await pageLocale(params);
  const { id, title } = await initiativeOf((await params).id);
  return await pageMetadata({ locale, path: `/initiatives/${id}`, title });
}

export default async function Initiative({ params, searchParams }: Props) {
  await pageLocale(params);
  const initiative = await initiativeOf((await params).id);
  const { trials } = await callRpc().initiatives.trials({ id: initiative.id });
  const { threadId } = initiative;
  const talk =
    threadId === null ? null : await threadOf(String(threadId), (await searchParams)["from"]);
  const { host } = new URL(await requestOrigin());
  const drawn = (name: "problem" | "proposal" | "effect" | "measure") => (
    <Markdown text={initiative.text[name]} prefix={`${name}-`} host={host} />
  );
  return (
    <InitiativePage
      initiative={initiative}
      trials={trials}
      texts={{
        problem: drawn("problem"),
        proposal: drawn("proposal"),
        effect: drawn("effect"),
        measure: drawn("measure"),
      }}
      summary={
        initiative.summary === "" ? null : (
          <Markdown text={initiative.summary} prefix="summary-" host={host} />
        )
      }
      thread={talk?.thread ?? null}
      host={host}
      now={Date.now()}
    />
  );
}

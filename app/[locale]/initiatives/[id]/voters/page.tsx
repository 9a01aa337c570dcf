import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { VotersPage } from "#components/initiatives/voters-page.tsx";
import { initiativeOf } from "../../../../initiative-of.ts";
import type { PageInput } from "../../../../page-input.ts";
import { pageLocale } from "../../../../page-locale.ts";
import { pageMetadata } from "../../../../page-metadata.ts";
import { callRpc } from "../../../../rpc.ts";

type Props = PageInput<{ locale: string; id: string }>;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const locale = await pageLocale(params);
  const words = await getTranslations("initiatives");
  const { id } = await initiativeOf((await params).id);
  return await pageMetadata({
    ...{ locale, path: `/initiatives/${id}/voters` },
    title: words("votersTitle", { id }),
  });
}

export default async function InitiativeVoters({ params, searchParams }: Props) {
  await pageLocale(params);
  const { id } = await initiativeOf((await params).id);
  const next = (await searchParams)["next"];
  const voters = await callRpc().initiatives.voters({
    id,
    ...(typeof next === "string" ? { next } : {}),
  });
  return <VotersPage id={id} voters={voters} />;
}

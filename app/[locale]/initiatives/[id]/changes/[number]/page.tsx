import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { VersionChanges } from "#components/initiatives/version-changes.tsx";
import { existing } from "../../../../../existing.ts";
import { initiativeOf } from "../../../../../initiative-of.ts";
import type { PageInput } from "../../../../../page-input.ts";
import { pageLocale } from "../../../../../page-locale.ts";
import { pageMetadata } from "../../../../../page-metadata.ts";
import { callRpc } from "../../../../../rpc.ts";

type Props = PageInput<{ locale: string; id: string; number: string }>;

/** The later one of the two versions that are compared; the first has nothing before it. */
function versionOf(text: string): number {
  if (!/^[1-9]\d{0,4}$/.test(text) || text === "1") {
    notFound();
  }
  return Number(text);
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const locale = await pageLocale(params);
  const words = await getTranslations("initiatives");
  const { id, number } = await params;
  const after = versionOf(number);
  const initiative = await initiativeOf(id);
  return await pageMetadata({
    ...{ locale, path: `/initiatives/${initiative.id}/changes/${after}` },
    title: words("changesTitle", { before: after - 1, after }),
  });
}

export default async function InitiativeChanges({ params }: Props) {
  await pageLocale(params);
  const { id, number } = await params;
  const after = versionOf(number);
  const initiative = await initiativeOf(id);
  const read = (version: number) =>
    existing(callRpc().initiatives.version({ id: initiative.id, number: version }));
  return (
    <VersionChanges
      initiative={initiative}
      before={await read(after - 1)}
      after={await read(after)}
    />
  );
}

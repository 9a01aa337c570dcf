import type { Metadata } from "next";
import { FamilyPage } from "#components/releases/family-page.tsx";
import { familyHref, isTab } from "#components/releases/family-tabs.ts";
import { InitiativesTab } from "#components/releases/initiatives-tab.tsx";
import type { ReleaseDetail } from "#server/releases/contract.ts";
import { familyOf } from "../../../family-of.ts";
import { requestOrigin } from "../../../origin.ts";
import type { PageInput } from "../../../page-input.ts";
import { pageLocale } from "../../../page-locale.ts";
import { pageMetadata } from "../../../page-metadata.ts";
import { callRpc } from "../../../rpc.ts";

type Props = PageInput<{ locale: string; family: string }>;

export async function generateMetadata({ params, searchParams }: Props): Promise<Metadata> {
  const locale = await pageLocale(params);
  const [{ family: id }, query] = await Promise.all([params, searchParams]);
  const family = await familyOf(id, query["release"]);
  const version = family.release?.version;
  const title = version === undefined ? family.title : `${family.title} ${version}`;
  return await pageMetadata({ locale, path: familyHref({ family: id }), title });
}

export default async function Family({ params, searchParams }: Props) {
  const locale = await pageLocale(params);
  const [{ family: id }, query] = await Promise.all([params, searchParams]);
  const family = await familyOf(id, query["release"]);
  const tab = isTab(query["tab"]) ? query["tab"] : "card";
  const rpc = callRpc().licences;
  const [texts, mine, origin] = await Promise.all([
    rpc.texts({ locale }),
    rpc.mine(),
    requestOrigin(),
  ]);
  const { release } = family;
  const initiatives =
    tab === "initiatives" && release !== null ? await initiativesIn(release) : null;
  return <FamilyPage {...{ family, tab, texts, mine, origin, initiatives }} />;
}

async function initiativesIn({ runId, attempt, step }: ReleaseDetail) {
  const contained = await callRpc().initiatives.containedIn({ runId, attempt, step });
  return <InitiativesTab {...contained} />;
}

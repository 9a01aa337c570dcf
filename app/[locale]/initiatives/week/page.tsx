import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { WeekPage } from "#components/initiatives/week-page.tsx";
import type { PageInput } from "../../../page-input.ts";
import { pageLocale } from "../../../page-locale.ts";
import { pageMetadata } from "../../../page-metadata.ts";
import { callRpc } from "../../../rpc.ts";

type Props = PageInput<{ locale: string }>;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const locale = await pageLocale(params);
  const words = await getTranslations("initiatives");
  return await pageMetadata({ locale, path: "/initiatives/week", title: words("week") });
}

export default async function Week({ params, searchParams }: Props) {
  await pageLocale(params);
  const asked = Number((await searchParams)["time"]);
  const now = Date.now();
  const time = Number.isFinite(asked) && asked > 0 && asked <= now ? asked : now;
  const rpc = callRpc().initiatives;
  const [week, overdue] = await Promise.all([rpc.week({ time }), rpc.overdue()]);
  return <WeekPage week={week} overdue={overdue} now={now} />;
}

import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { AdminPage } from "#components/admin/admin-page.tsx";
import { adminOnly } from "../../admin-only.ts";
import type { PageInput } from "../../page-input.ts";
import { pageLocale } from "../../page-locale.ts";
import { pageMetadata } from "../../page-metadata.ts";
import { callRpc } from "../../rpc.ts";
import "#components/initiatives/initiatives.css";

type Props = PageInput<{ locale: string }>;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const locale = await pageLocale(params);
  const words = await getTranslations("admin");
  const meta = await pageMetadata({ locale, path: "/admin", title: words("title") });
  return { ...meta, robots: { index: false } };
}

export default async function Admin({ params }: Props) {
  await pageLocale(params);
  await adminOnly();
  const rpc = callRpc();
  const [overview, notice, { runs }, { items }] = await Promise.all([
    rpc.admin.overview(),
    rpc.admin.notice(),
    rpc.runs.list({ limit: 10 }),
    rpc.showcase.featured(),
  ]);
  return <AdminPage overview={overview} notice={notice} runs={runs} featured={items} />;
}

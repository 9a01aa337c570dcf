import { notFound } from "next/navigation";
import { redirect } from "#components/layout/navigation.ts";
import { existing } from "../../../../existing.ts";
import type { PageInput } from "../../../../page-input.ts";
import { pageLocale } from "../../../../page-locale.ts";
import { callRpc } from "../../../../rpc.ts";

type Props = PageInput<{ locale: string; id: string }>;

/** A post's lasting address: leads to where it stands now, wherever it has been moved. */
export default async function Post({ params }: Props) {
  const locale = await pageLocale(params);
  const { id } = await params;
  if (!/^[1-9]\d{0,8}$/.test(id)) {
    notFound();
  }
  const { threadId, number } = await existing(callRpc().forum.place({ postId: Number(id) }));
  return redirect({ href: `/forum/t/${threadId}?from=${number}#p${number}`, locale });
}

import { useTranslations } from "next-intl";
import type { NotificationItem } from "#server/notifications/contract.ts";

/** What a notification says, in the reader's language; of a kind that has no text, its name. */
export function NotificationText({ kind, data }: Pick<NotificationItem, "kind" | "data">) {
  const words = useTranslations("notifications");
  const name = `text.${kind}` as "text.mention";
  return words.has(name) ? words(name, data as { author: string; title: string }) : kind;
}

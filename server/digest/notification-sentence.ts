import en from "../../messages/en/notifications.json" with { type: "json" };
import zh from "../../messages/zh/notifications.json" with { type: "json" };

const TEXTS: Record<"en" | "zh", Record<string, string>> = {
  en: en.notifications.text,
  zh: zh.notifications.text,
};

/** What a notification says in a mail: the text that its page shows, whose arguments are all plain. */
export function notificationSentence(
  language: "en" | "zh",
  { kind, data }: { kind: string; data: Record<string, unknown> },
): string {
  const text = TEXTS[language][kind] ?? kind;
  return text.replaceAll(/\{(\w+)\}/g, (_, name: string) => oneLine(String(data[name] ?? "")));
}

/** A line of its own must not be written into a mail by whoever chose a title. */
export const oneLine = (text: string): string => text.replaceAll(/\s+/g, " ").trim();

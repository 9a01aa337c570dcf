import { useTranslations } from "next-intl";
import { useMemo } from "react";
import { KNOWN_GROUPS, KNOWN_METRICS } from "./metric-words.ts";

const has = <T extends object>(table: T, key: string): key is string & keyof T =>
  Object.hasOwn(table, key);

/** The names of metrics and of their groups in the reader's language. */
export function useMetricWords() {
  const words = useTranslations("metrics");
  return useMemo(
    () => ({
      label: (key: string) => (has(KNOWN_METRICS, key) ? words(KNOWN_METRICS[key]) : key),
      /** The label inside a group: without what the group's title already says. */
      short: (key: string, prefix: string | null) =>
        has(KNOWN_METRICS, key) || prefix === null || !key.startsWith(`${prefix}/`)
          ? has(KNOWN_METRICS, key)
            ? words(KNOWN_METRICS[key])
            : key
          : key.slice(prefix.length + 1),
      group: (prefix: string) =>
        has(KNOWN_GROUPS, prefix) ? words(`groups.${KNOWN_GROUPS[prefix]}`) : prefix,
    }),
    [words],
  );
}

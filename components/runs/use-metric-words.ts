import { useTranslations } from "next-intl";
import { useMemo } from "react";
import { KNOWN_GROUPS, KNOWN_METRICS } from "./metric-words.ts";
import type { PanelGroup } from "./panel-groups.ts";

const has = <T extends object>(table: T, key: string): key is string & keyof T =>
  Object.hasOwn(table, key);

/** The names of metrics and of their groups in the reader's language. */
export function useMetricWords() {
  const words = useTranslations("metrics");
  return useMemo(() => {
    /** `eval/accuracy/zh` is told as `eval/accuracy` of zh. */
    const label = (key: string) => {
      const parent = key.slice(0, Math.max(0, key.lastIndexOf("/")));
      return has(KNOWN_METRICS, key)
        ? words(KNOWN_METRICS[key])
        : has(KNOWN_METRICS, parent)
          ? words("partOf", {
              metric: words(KNOWN_METRICS[parent]),
              part: key.slice(parent.length + 1),
            })
          : key;
    };
    const group = (prefix: string) =>
      has(KNOWN_GROUPS, prefix) ? words(`groups.${KNOWN_GROUPS[prefix]}`) : prefix;
    return {
      label,
      /** What stands over a panel: the metric itself where it is the only one. */
      title: ({ keys, prefix }: PanelGroup) => {
        const [first = "", ...others] = keys;
        const parent = first !== prefix && others.every((key) => key.startsWith(`${first}/`));
        return prefix === null || parent ? label(first) : group(prefix);
      },
      /** The label inside a group: without what the group's title already says. */
      short: (key: string, prefix: string | null) =>
        has(KNOWN_METRICS, key) || prefix === null || !key.startsWith(`${prefix}/`)
          ? has(KNOWN_METRICS, key)
            ? words(KNOWN_METRICS[key])
            : key
          : key.slice(key.split("/").length > 2 ? key.lastIndexOf("/") + 1 : prefix.length + 1),
    };
  }, [words]);
}

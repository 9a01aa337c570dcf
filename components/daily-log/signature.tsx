import { useTranslations } from "next-intl";
import { Icon } from "#components/ui/icon.tsx";
import type { DailyLogItem } from "#server/daily-log/contract.ts";

/** Who vouches for a day: shape, word and colour. */
export function Signature({ log }: { log: DailyLogItem }) {
  const words = useTranslations("dailyLog");
  if (log.signed) {
    return (
      <span className="state good">
        <Icon name="s-good" />
        {log.signedBy === null ? words("signed") : words("signedBy", { name: log.signedBy })}
      </span>
    );
  }
  return (
    <span className="state idle">
      <Icon name="s-open" />
      {words("unsigned")}
    </span>
  );
}

import { useTranslations } from "next-intl";
import { Link } from "#components/layout/navigation.ts";

/** What to do where no run has ever reported. */
export function StartHint() {
  const words = useTranslations("empty");
  return (
    <div className="empty">
      <div>
        <p>{words("noRuns")}</p>
        <p>{words.rich("start", { code: (chunks) => <code>{chunks}</code> })}</p>
        <p>{words.rich("report", { a: (chunks) => <Link href="/api">{chunks}</Link> })}</p>
      </div>
    </div>
  );
}

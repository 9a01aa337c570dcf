import { useTranslations } from "next-intl";
import { Link } from "./navigation.ts";

export function Footer() {
  const words = useTranslations("frame");
  return (
    <footer className="foot">
      <div className="wrap">
        <section>
          <h2>{words("watch")}</h2>
          <ul>
            <li>
              <Link href="/">{words("liveRun")}</Link>
            </li>
            <li>
              <Link href="/runs">{words("allRuns")}</Link>
            </li>
          </ul>
        </section>
        <section>
          <h2>{words("report")}</h2>
          <ul>
            <li>
              <Link href="/members">{words("members")}</Link>
            </li>
            <li>
              <Link href="/decisions">{words("decisions")}</Link>
            </li>
            <li>
              <Link href="/moderation">{words("moderation")}</Link>
            </li>
            <li>
              <Link href="/api">{words("apiPage")}</Link>
            </li>
            <li>
              <a href="/api/v1/openapi.json">{words("openapi")}</a>
            </li>
          </ul>
        </section>
        <p className="foot-say">{words("say")}</p>
      </div>
    </footer>
  );
}

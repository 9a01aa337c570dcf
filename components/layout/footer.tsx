import { useTranslations } from "next-intl";
import { Link } from "./navigation.ts";

/** A column of the footer: its heading, and links by the names that the frame has for them. */
const COLUMNS = [
  [
    "watch",
    [
      ["liveRun", "/"],
      ["allRuns", "/runs"],
      ["compare", "/compare"],
      ["data", "/data"],
      ["plan", "/plan"],
    ],
  ],
  [
    "takePart",
    [
      ["initiatives", "/initiatives"],
      ["forum", "/forum"],
      ["showcase", "/showcase"],
      ["support", "/support"],
    ],
  ],
  [
    "takeHome",
    [
      ["models", "/models"],
      ["licence", "/licence"],
      ["risks", "/risks"],
      ["apiPage", "/api"],
    ],
  ],
  [
    "inTheOpen",
    [
      ["decisions", "/decisions"],
      ["moderation", "/moderation"],
      ["members", "/members"],
      ["search", "/search"],
    ],
  ],
] as const;

export function Footer() {
  const words = useTranslations("frame");
  return (
    <footer className="foot">
      <div className="wrap">
        {COLUMNS.map(([heading, links]) => (
          <section key={heading}>
            <h2>{words(heading)}</h2>
            <ul>
              {links.map(([name, href]) => (
                <li key={name}>
                  <Link href={href} prefetch={false}>
                    {words(name)}
                  </Link>
                </li>
              ))}
              {heading === "takePart" && (
                <li>
                  <a href="/forum/feed">RSS</a>
                </li>
              )}
              {heading === "takeHome" && (
                <li>
                  <a href="/api/v1/openapi.json">{words("openapi")}</a>
                </li>
              )}
            </ul>
          </section>
        ))}
        <p className="foot-say">
          {words.rich("riskSay", { a: (text) => <Link href="/risks">{text}</Link> })} {words("say")}
        </p>
      </div>
    </footer>
  );
}

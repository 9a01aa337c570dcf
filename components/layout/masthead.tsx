import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { LanguageLink } from "./language-link.tsx";
import { Link } from "./navigation.ts";
import { SectionLink } from "./section-link.tsx";
import type { Theme } from "./theme.ts";
import { ThemeSwitch } from "./theme-switch.tsx";

export const BRAND = "CPM-Live";

/** `search` finds things; `children`: who is signed in. This part knows nothing of either. */
type MastheadProps = { theme: Theme; search: ReactNode; children: ReactNode };

export function Masthead({ theme, search, children }: MastheadProps) {
  const words = useTranslations("frame");
  return (
    <header className="mast wrap">
      <Link className="brand" href="/">
        {BRAND}
      </Link>
      <nav aria-label={words("sections")}>
        <SectionLink href="/">{words("watch")}</SectionLink>
        <SectionLink href="/runs">{words("runs")}</SectionLink>
        <SectionLink href="/models">{words("models")}</SectionLink>
        <SectionLink href="/initiatives">{words("initiatives")}</SectionLink>
        <SectionLink href="/forum">{words("forum")}</SectionLink>
        <SectionLink href="/showcase">{words("showcase")}</SectionLink>
        <SectionLink href="/data">{words("data")}</SectionLink>
        <SectionLink href="/plan">{words("plan")}</SectionLink>
        <SectionLink href="/api">{words("api")}</SectionLink>
      </nav>
      <div className="mast-end">
        {search}
        <ThemeSwitch initial={theme} />
        <LanguageLink />
        {children}
      </div>
    </header>
  );
}

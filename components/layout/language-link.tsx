"use client";
import { useSearchParams } from "next/navigation";
import { useLocale, useTranslations } from "next-intl";
import { isLocale, LANGUAGE_NAME, LANGUAGE_TAG, type Locale } from "./locales.ts";
import { Link, usePathname } from "./navigation.ts";

const OTHER: Record<Locale, Locale> = { en: "zh", zh: "en" };

/** The same page in the other language, named in that language. */
export function LanguageLink() {
  const words = useTranslations("frame");
  const locale = useLocale();
  const pathname = usePathname();
  const params = useSearchParams();
  const query = Object.fromEntries([...params.keys()].map((name) => [name, params.getAll(name)]));
  const other = OTHER[isLocale(locale) ? locale : "en"];
  return (
    <Link
      className="lang"
      href={{ pathname, query }}
      locale={other}
      prefetch={false}
      title={words("otherLanguage")}
    >
      <span lang={LANGUAGE_TAG[other]}>{LANGUAGE_NAME[other]}</span>
    </Link>
  );
}

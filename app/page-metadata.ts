import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { LANGUAGE_TAG, type Locale, locales } from "#components/layout/locales.ts";
import { requestOrigin } from "./origin.ts";

type PageMeta = {
  locale: Locale;
  /** Without the language: `/runs`. */
  path: string;
  /** Absent on the home page, which bears the site's own title. */
  title?: string;
};

/** A page's title and its addresses in every language. */
export async function pageMetadata({ locale, path, title }: PageMeta): Promise<Metadata> {
  const words = await getTranslations({ locale, namespace: "site" });
  const address = (language: Locale) => `/${language}${path === "/" ? "" : path}`;
  const languages = Object.fromEntries(
    locales.locales.map((language) => [LANGUAGE_TAG[language], address(language)]),
  );
  return {
    metadataBase: new URL(await requestOrigin()),
    title: title === undefined ? words("title") : words("pageTitle", { page: title }),
    description: words("description"),
    alternates: { canonical: address(locale), languages: { ...languages, "x-default": path } },
  };
}

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
  /** The run whose curve stands beside a link to the page. */
  runId?: string;
};

/** A page's title and its addresses in every language. */
export async function pageMetadata({ locale, path, title, runId }: PageMeta): Promise<Metadata> {
  const words = await getTranslations({ locale, namespace: "site" });
  const address = (language: Locale) => `/${language}${path === "/" ? "" : path}`;
  const languages = Object.fromEntries(
    locales.locales.map((language) => [LANGUAGE_TAG[language], address(language)]),
  );
  const shown = title === undefined ? words("title") : words("pageTitle", { page: title });
  const description = words("description");
  const images =
    runId === undefined
      ? []
      : [{ url: `/api/v1/runs/${runId}/picture.png`, width: 1200, height: 630, alt: shown }];
  return {
    metadataBase: new URL(await requestOrigin()),
    title: shown,
    description,
    openGraph: { type: "website", title: shown, description, url: address(locale), images },
    twitter: { card: runId === undefined ? "summary" : "summary_large_image" },
    alternates: { canonical: address(locale), languages: { ...languages, "x-default": path } },
  };
}

import { defineRouting } from "next-intl/routing";

/** The languages of the portal: the prefix of every address. */
export const locales = defineRouting({
  locales: ["en", "zh"],
  defaultLocale: "en",
  localePrefix: "always",
});

export type Locale = (typeof locales.locales)[number];

/** What `<html lang>` and hreflang say. */
export const LANGUAGE_TAG: Record<Locale, string> = { en: "en", zh: "zh-Hans" };

export const LANGUAGE_NAME: Record<Locale, string> = { en: "English", zh: "简体中文" };

export const isLocale = (text: string | undefined): text is Locale =>
  locales.locales.some((locale) => locale === text);

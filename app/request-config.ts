import { getRequestConfig } from "next-intl/server";
import chartsEn from "#components/charts/messages.en.json";
import chartsZh from "#components/charts/messages.zh.json";
import { isLocale, locales } from "#components/layout/locales.ts";
import en from "../messages/en.json";
import zh from "../messages/zh.json";

// The charts bring their own words: they are a part that knows no page.
const CATALOGUES = { en: { ...en, charts: chartsEn }, zh: { ...zh, charts: chartsZh } };

export default getRequestConfig(async ({ requestLocale }) => {
  const asked = await requestLocale;
  const locale = isLocale(asked) ? asked : locales.defaultLocale;
  return { locale, messages: CATALOGUES[locale], timeZone: "UTC" };
});

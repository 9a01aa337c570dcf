import { getRequestConfig } from "next-intl/server";
import { isLocale, locales } from "#components/layout/locales.ts";
import { CATALOGUES } from "./catalogues.ts";

export default getRequestConfig(async ({ requestLocale }) => {
  const asked = await requestLocale;
  const locale = isLocale(asked) ? asked : locales.defaultLocale;
  return { locale, messages: CATALOGUES[locale], timeZone: "UTC" };
});

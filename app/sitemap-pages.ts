import { LANGUAGE_TAG, locales } from "#components/layout/locales.ts";

/** Threads named in one file: well below the 50 000 addresses that a file may hold, in every language. */
export const THREADS_A_FILE = 10_000;

/** Pages that are always there, without the language. */
export const FIXED_PAGES = [
  "/",
  "/runs",
  "/compare",
  "/models",
  "/initiatives",
  "/initiatives/help",
  "/showcase",
  "/data",
  "/support",
  "/licence",
  "/risks",
  "/plan",
  "/forum",
  "/forum/academic",
  "/forum/engineering",
  "/forum/tools",
  "/forum/applications",
  "/forum/announcements",
  "/decisions",
  "/api",
];

export type SitemapPage = { path: string; changedAt?: Date };

/** Pages as a sitemap: each in every language, and each naming the others. */
export function writeSitemap(origin: string, pages: readonly SitemapPage[]): string {
  const address = (language: string, path: string) =>
    `${origin}/${language}${path === "/" ? "" : path}`;
  const entries = pages.flatMap(({ path, changedAt }) => {
    const others = locales.locales
      .map(
        (language) =>
          `<xhtml:link rel="alternate" hreflang="${LANGUAGE_TAG[language]}" href="${address(language, path)}"/>`,
      )
      .join("");
    const changed = changedAt === undefined ? "" : `<lastmod>${changedAt.toISOString()}</lastmod>`;
    return locales.locales.map(
      (language) => `<url><loc>${address(language, path)}</loc>${changed}${others}</url>`,
    );
  });
  return `<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">
${entries.join("\n")}
</urlset>
`;
}

/** The files of a sitemap, as an index. */
export function writeSitemapIndex(origin: string, files: readonly string[]): string {
  const entries = files.map((file) => `<sitemap><loc>${origin}/sitemaps/${file}</loc></sitemap>`);
  return `<?xml version="1.0" encoding="UTF-8"?>
<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
${entries.join("\n")}
</sitemapindex>
`;
}

export const xmlAnswer = (text: string) =>
  new Response(text, {
    headers: {
      "content-type": "application/xml; charset=utf-8",
      "cache-control": "public, max-age=3600",
    },
  });

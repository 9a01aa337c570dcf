import { AppError } from "#server/platform/errors.ts";
import type { Context } from "#server/rpc/context.ts";
import { routeHandler } from "#server/rpc/route-handler.ts";
import { requestOrigin } from "../../origin.ts";
import {
  FIXED_PAGES,
  type SitemapPage,
  THREADS_A_FILE,
  writeSitemap,
  xmlAnswer,
} from "../../sitemap-pages.ts";

export const GET = routeHandler("public", async (_req, { ctx, params }) => {
  const match = /^(?:pages|threads-(\d{1,6}))\.xml$/.exec(params["file"] ?? "");
  if (match === null) {
    throw new AppError("not_found", "There is no such file. /sitemap.xml names those that exist.");
  }
  const [, part] = match;
  const pages = part === undefined ? await fixedPages(ctx) : await threads(ctx, Number(part));
  return xmlAnswer(writeSitemap(await requestOrigin(), pages));
});

async function fixedPages({ db }: Context): Promise<SitemapPage[]> {
  const runs = await db.run.findMany({ select: { id: true }, orderBy: { id: "asc" }, take: 1_000 });
  return [...FIXED_PAGES, ...runs.map(({ id }) => `/runs/${id}`)].map((path) => ({ path }));
}

async function threads({ db }: Context, part: number): Promise<SitemapPage[]> {
  const first = part * THREADS_A_FILE;
  const rows = await db.forumThread.findMany({
    where: { id: { gt: first, lte: first + THREADS_A_FILE }, state: "visible", subjectKind: null },
    select: { id: true, bumpedAt: true },
    orderBy: { id: "asc" },
  });
  return rows.map(({ id, bumpedAt }) => ({ path: `/forum/t/${id}`, changedAt: bumpedAt }));
}

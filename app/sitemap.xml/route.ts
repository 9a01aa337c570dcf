import { routeHandler } from "#server/rpc/route-handler.ts";
import { requestOrigin } from "../origin.ts";
import { THREADS_A_FILE, writeSitemapIndex, xmlAnswer } from "../sitemap-pages.ts";

/** The index: the fixed pages, the runs, and the threads by stretches of their numbers. */
export const GET = routeHandler("public", async (_req, { ctx }) => {
  const newest = await ctx.db.forumThread.findFirst({
    orderBy: { id: "desc" },
    select: { id: true },
  });
  const files = Math.ceil((newest?.id ?? 0) / THREADS_A_FILE);
  const threads = Array.from({ length: files }, (_, index) => `threads-${index}.xml`);
  return xmlAnswer(writeSitemapIndex(await requestOrigin(), ["pages.xml", ...threads]));
});

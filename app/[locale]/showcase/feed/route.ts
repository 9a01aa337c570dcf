import { getTranslations } from "next-intl/server";
import { isLocale } from "#components/layout/locales.ts";
import { routeHandler } from "#server/rpc/route-handler.ts";
import { listShowcase } from "#server/showcase/list-showcase.ts";
import { answerFeed } from "../../../write-feed.ts";

/** The newest applications, for feed readers. */
export const GET = routeHandler("public", async (req, { ctx, params }) => {
  const locale = isLocale(params["locale"]) ? params["locale"] : "en";
  const words = await getTranslations({ locale, namespace: "showcase" });
  const asked = { order: "newest", page: 1, memberId: null, now: ctx.clock() } as const;
  const { items } = await listShowcase(ctx.db, asked);
  return await answerFeed(req, {
    ...{ locale, title: words("title"), about: words("lede") },
    ...{ path: "/showcase", feedPath: "/showcase/feed" },
    items: items.map(({ id, title, stage, summary, author, createdAt }) => ({
      path: `/showcase/${id}`,
      title: `${title} (${words(`stage.${stage}`)})`,
      text: summary,
      author: author.deleted ? "CPM-Live" : author.name,
      at: createdAt,
    })),
  });
});

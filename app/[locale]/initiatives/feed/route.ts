import { getTranslations } from "next-intl/server";
import { isLocale } from "#components/layout/locales.ts";
import { readWeek } from "#server/initiatives/lists/read-week.ts";
import { routeHandler } from "#server/rpc/route-handler.ts";
import { answerFeed } from "../../../write-feed.ts";

/** This week's decisions about initiatives, for feed readers. */
export const GET = routeHandler("public", async (req, { ctx, params }) => {
  const locale = isLocale(params["locale"]) ? params["locale"] : "en";
  const words = await getTranslations({ locale, namespace: "initiatives" });
  const { decisions } = await readWeek(ctx.db, ctx.clock());
  const items = decisions.map(({ id, title, kind, reason, at }) => ({
    path: `/initiatives/${id}`,
    title: `${words(`move.${kind.replace("initiative.", "")}`)}: ${title}`,
    text: reason,
    author: "CPM-Live",
    at,
  }));
  return await answerFeed(req, {
    ...{ locale, title: words("week"), about: words("lede"), items },
    path: "/initiatives/week",
    feedPath: "/initiatives/feed",
  });
});

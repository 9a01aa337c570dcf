import { getTranslations } from "next-intl/server";
import { isLocale } from "#components/layout/locales.ts";
import { listActs } from "#server/moderation/list-acts.ts";
import { routeHandler } from "#server/rpc/route-handler.ts";
import { answerFeed } from "../../../write-feed.ts";

const MOST = 50;

/** What moderators did lately, and why, for feed readers; like the log, it names nobody whom it concerns. */
export const GET = routeHandler("public", async (req, { ctx, params }) => {
  const locale = isLocale(params["locale"]) ? params["locale"] : "en";
  const words = await getTranslations({ locale, namespace: "moderation" });
  const profile = await getTranslations({ locale, namespace: "profile" });
  const { acts } = await listActs(ctx.db, { limit: MOST });
  const items = acts.map(({ kind, reason, decision, createdAt }) => ({
    ...{ path: `/decisions?before=${decision + 1}#decision-${decision}`, at: createdAt },
    ...{ title: words(`act.${kind}` as "act.hide"), text: reason },
    author: profile("role.moderator"),
  }));
  const [path, feedPath] = ["/moderation", "/moderation/feed"];
  const title = words("log");
  return await answerFeed(req, { locale, title, about: words("logSay"), path, feedPath, items });
});

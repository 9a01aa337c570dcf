import { getTranslations } from "next-intl/server";
import { isLocale } from "#components/layout/locales.ts";
import { listActivity, readProfile } from "#server/members/read-profile.ts";
import { routeHandler } from "#server/rpc/route-handler.ts";
import { answerFeed } from "../../../../write-feed.ts";

/** A member's newest posts for feed readers. */
export const GET = routeHandler("public", async (req, { ctx, params }) => {
  const locale = isLocale(params["locale"]) ? params["locale"] : "en";
  const words = await getTranslations({ locale, namespace: "profile" });
  const asked = (params["name"] ?? "").slice(0, 60);
  const { name } = await readProfile(ctx.db, { name: asked, now: ctx.clock() });
  const { items: posts } = await listActivity(ctx.db, { name });
  const items = posts.map(({ threadId, number, title, excerpt, at }) => ({
    ...{ path: `/forum/t/${threadId}?from=${number}#p${number}`, title, text: excerpt },
    ...{ author: name, at: Date.parse(at) },
  }));
  const path = `/members/${name}`;
  const [title, about] = [name, words("about", { name })];
  return await answerFeed(req, { locale, title, about, path, feedPath: `${path}/feed`, items });
});

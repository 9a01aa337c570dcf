import { getTranslations } from "next-intl/server";
import { listHref, parseForumQuery } from "#components/forum/forum-query.ts";
import { isLocale } from "#components/layout/locales.ts";
import { isCategory } from "#server/forum/contract.ts";
import { listThreads } from "#server/forum/list-threads.ts";
import { readThread } from "#server/forum/read-thread.ts";
import { routeHandler } from "#server/rpc/route-handler.ts";
import { answerFeed } from "../../../write-feed.ts";

const MOST = 30;

/** The newest threads of a list (all, or of a category, a tag, without an answer) for feed readers. */
export const GET = routeHandler("public", async (req, { ctx, params }) => {
  const locale = isLocale(params["locale"]) ? params["locale"] : "en";
  const words = await getTranslations({ locale, namespace: "forum" });
  const asked = new URL(req.url).searchParams;
  const category = asked.get("category") ?? "";
  const query = parseForumQuery(asked, isCategory(category) ? category : undefined);
  const list = await listThreads(ctx.db, {
    ...query,
    ...{ next: undefined, sort: "newest", limit: MOST },
  });
  const first = (id: number) => readThread(ctx.db, { id, from: 1, limit: 1 });
  const items = await Promise.all(
    list.threads.map(async ({ id, title, author, createdAt }) => ({
      ...{ path: `/forum/t/${id}`, title, author: author.name, at: createdAt },
      text: (await first(id)).posts[0]?.body ?? "",
    })),
  );
  const name = query.category === undefined ? words("title") : words(`category.${query.category}`);
  const title = query.tag === undefined ? name : `${name}: ${query.tag}`;
  const [path, feedPath] = [listHref(query), listHref(query, "/feed")];
  return await answerFeed(req, { locale, title, about: words("lede"), path, feedPath, items });
});

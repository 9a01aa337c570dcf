import { isLocale } from "#components/layout/locales.ts";
import { readThread } from "#server/forum/read-thread.ts";
import { AppError } from "#server/platform/errors.ts";
import { routeHandler } from "#server/rpc/route-handler.ts";
import { answerFeed } from "../../../../../write-feed.ts";

const MOST = 30;

/** The newest posts of a thread for feed readers. */
export const GET = routeHandler("public", async (req, { ctx, params }) => {
  const locale = isLocale(params["locale"]) ? params["locale"] : "en";
  const id = Number(/^[1-9]\d{0,8}$/.exec(params["id"] ?? "")?.[0] ?? 0);
  if (id === 0) {
    throw new AppError("not_found", "There is no such thread. Look for it in the forum.");
  }
  const { title, lastNumber } = await readThread(ctx.db, { id, from: 1, limit: 1 });
  const from = Math.max(1, lastNumber - MOST + 1);
  const { posts } = await readThread(ctx.db, { id, from, limit: MOST });
  const items = posts
    .filter(({ state }) => state === "visible")
    .reverse()
    .map(({ number, author, body, createdAt }) => ({
      ...{ path: `/forum/t/${id}?from=${number}#p${number}`, title: `${title} · ${number}` },
      ...{ author: author.name, at: createdAt, text: body },
    }));
  const path = `/forum/t/${id}`;
  return await answerFeed(req, {
    ...{ locale, title, about: title, path, feedPath: `${path}/feed`, items },
  });
});

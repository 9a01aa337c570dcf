import { getTranslations } from "next-intl/server";
import { isLocale } from "#components/layout/locales.ts";
import { DecisionQuery } from "#server/decisions/contract.ts";
import { listDecisions } from "#server/decisions/list-decisions.ts";
import { routeHandler } from "#server/rpc/route-handler.ts";
import { answerFeed } from "../../../write-feed.ts";

const MOST = 50;

/** The newest decisions (all, or of a kind, a member, a subject) for feed readers. */
export const GET = routeHandler("public", async (req, { ctx, params }) => {
  const locale = isLocale(params["locale"]) ? params["locale"] : "en";
  const words = await getTranslations({ locale, namespace: "decisions" });
  const asked = new URL(req.url).searchParams;
  const { kind, actorId, subjectType, subjectId } =
    DecisionQuery.safeParse(Object.fromEntries(asked)).data ?? {};
  const narrowed = { kind, actorId, subjectType, subjectId };
  const { decisions } = await listDecisions(ctx.db, { ...narrowed, limit: MOST });
  const items = decisions.map(
    ({ number, kind: what, subject, reason, actorId: who, at, hash }) => ({
      ...{ path: `/decisions?before=${number + 1}#decision-${number}`, at: Date.parse(at) },
      ...{ title: `${number} · ${what} · ${subject.type} ${subject.id}` },
      ...{ author: who ?? words("portal"), text: `${reason}\n\n${hash}` },
    }),
  );
  const search = new URLSearchParams(
    Object.entries(narrowed).flatMap(([name, value]) => (value ? [[name, value]] : [])),
  );
  const query = search.size === 0 ? "" : `?${search}`;
  const [path, feedPath] = [`/decisions${query}`, `/decisions/feed${query}`];
  const title = words("title");
  return await answerFeed(req, { locale, title, about: words("lede"), path, feedPath, items });
});

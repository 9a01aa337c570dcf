import { getTranslations } from "next-intl/server";
import { LIST_QUERY } from "#components/runs/list-query.ts";
import { pickOnAir } from "#components/runs/pick-on-air.ts";
import { routeHandler } from "#server/rpc/route-handler.ts";
import { listRuns } from "#server/runs/list-runs.ts";
import { badgeSvg } from "#server/support/badge-svg.ts";

/** What the run on the air does now, as a small picture for other people's sites. */
export const GET = routeHandler("public", async (req, { ctx }) => {
  const locale = new URL(req.url).searchParams.get("lang") === "zh" ? "zh" : "en";
  const words = await getTranslations({ locale, namespace: "support" });
  const { runs } = await listRuns(ctx.db, { ...LIST_QUERY, now: ctx.clock() });
  const run = pickOnAir(runs);
  const svg =
    run === null
      ? badgeSvg({ name: "CPM-Live", status: null, says: words("offAir") })
      : badgeSvg({
          name: run.name,
          status: run.status,
          says: words("badgeSays", { status: words(`status.${run.status}`), step: run.step }),
        });
  return new Response(svg, {
    headers: {
      "content-type": "image/svg+xml; charset=utf-8",
      "cache-control": "public, max-age=30",
      "access-control-allow-origin": "*",
      "cross-origin-resource-policy": "cross-origin",
      "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'; sandbox",
    },
  });
});

import { afterAll, beforeAll, expect, test } from "vitest";
import { type TestPortal, testPortal } from "../api/test-portal.ts";
import { DailyLogList } from "./contract.ts";

const RUN = "run_feed";
const FIGURES = { lossBegin: 3, lossEnd: 2.5, gradNorm: null, tokens: 1_000 };
let portal: TestPortal;
beforeAll(async () => {
  portal = await testPortal();
  const project = { create: { id: "p" } };
  await portal.db.run.create({
    data: { id: RUN, name: "a <b> & ]]> run", config: {}, planned: {}, project },
  });
  for (const day of ["2026-01-01", "2026-01-02", "2026-01-03"]) {
    const to = new Date(`${day}T08:00:00Z`);
    await portal.db.dailyLog.create({
      data: {
        ...{ runId: RUN, day, toTime: to, fromTime: new Date(to.getTime() - 86_400_000) },
        ...{ figures: ALL_FIGURES, events: [], eventCount: 0, source: "draft" },
        comment:
          day === "2026-01-02" ? 'Calm <script>alert("x")</script> ]]> and\u0001\n\nmore' : "",
      },
    });
  }
});
afterAll(() => portal.close());

const ALL_FIGURES = {
  ...{ firstStep: null, lastStep: 3, tokensTotal: null, dataGb: null, progressPercent: null },
  ...{ tokensPerSecond: null, energyKwh: null, co2eKg: null, cost: null, nonFinite: null },
  ...FIGURES,
};

test("the list goes on where it ended, newest day first, and one day can be asked for", async () => {
  const first = await portal.ask("GET", `/api/v1/runs/${RUN}/daily-logs?limit=2`);
  const { logs, next } = DailyLogList.parse(first.json);
  expect([logs.map(({ day }) => day), next]).toEqual([["2026-01-03", "2026-01-02"], "2026-01-02"]);
  const rest = await portal.ask("GET", `/api/v1/runs/${RUN}/daily-logs?limit=2&next=${next}`);
  expect([rest.json.logs.length, rest.json.next]).toEqual([1, null]);
  const one = await portal.ask("GET", `/api/v1/runs/${RUN}/daily-logs/2026-01-02`);
  expect([one.json.previous, one.json.following]).toEqual(["2026-01-01", "2026-01-03"]);
  const none = await portal.ask("GET", `/api/v1/runs/${RUN}/daily-logs/2025-01-02`);
  expect(none.status).toBe(404);
  expect((await portal.ask("GET", `/api/v1/runs/${RUN}/daily-logs/yesterday`)).status).toBe(400);
  expect((await portal.ask("GET", "/api/v1/runs/none/daily-logs")).status).toBe(404);
});

test("RSS and JSON Feed carry the days; what an engineer wrote stays text", async () => {
  const rss = await portal.ask("GET", `/api/v1/runs/${RUN}/daily-logs.rss?lang=zh`);
  expect(rss.headers.get("content-type")).toBe("application/rss+xml; charset=utf-8");
  expect(rss.text.match(/<item>/g)?.length).toBe(3);
  expect(rss.text).toContain("2026-01-03：损失 2.500");
  expect(rss.text).toContain(`${portal.origin}/zh/runs/${RUN}/logs/2026-01-03`);
  expect(rss.text).not.toContain("<script>");
  expect(rss.text).not.toContain("\u0001");
  const feed = await portal.ask("GET", `/api/v1/runs/${RUN}/daily-logs.json`);
  const { version, items } = JSON.parse(feed.text);
  expect([version, items.length]).toEqual(["https://jsonfeed.org/version/1", 3]);
  expect(items[1].content_html).toContain("&lt;script&gt;");
  expect((await portal.ask("GET", "/api/v1/runs/none/daily-logs.rss")).status).toBe(404);
});

test("the feed is well-formed XML whatever stands in it", async () => {
  const { text } = await portal.ask("GET", `/api/v1/runs/${RUN}/daily-logs.rss`);
  // Every CDATA section ends where it should: outside of them no bare markup is left over.
  const outside = text.replaceAll(/<!\[CDATA\[[\s\S]*?\]\]>/g, "");
  expect(outside).not.toContain("]]>");
  const opened = [...outside.matchAll(/<([a-z:]+)(?=[\s>])[^>]*[^/]>|<([a-z:]+)>/gi)].length;
  const closed = [...outside.matchAll(/<\/[a-z:]+>/gi)].length;
  expect(opened).toBe(closed);
});

test("whoever has the answer already is told so, by its ETag", async () => {
  for (const path of [`daily-logs`, "daily-logs.rss", "events", "series?keys=loss"]) {
    const first = await portal.ask("GET", `/api/v1/runs/${RUN}/${path}`);
    const etag = first.headers.get("etag") ?? "";
    expect([path, etag]).toEqual([path, expect.stringMatching(/^"[\w-]{27}"$/)]);
    expect(first.headers.get("cache-control")).toMatch(/^public, (no-cache|max-age=\d+)$/);
    const headers = { "if-none-match": etag };
    const again = await portal.ask("GET", `/api/v1/runs/${RUN}/${path}`, { headers });
    expect([again.status, again.text]).toEqual([304, ""]);
  }
});

import { expect, test } from "vitest";
import { listHref, parseForumQuery } from "./forum-query.ts";

test("an address read and written again is the same address", () => {
  for (const address of [
    "/forum",
    "/forum/tools",
    "/forum?tag=%E5%8E%BB%E9%87%8D&unanswered=1&sort=newest",
    "/forum/academic?after=1769000000000.12",
  ]) {
    const url = new URL(address, "http://portal.test");
    const category = url.pathname.split("/")[2] as "tools" | undefined;
    expect(listHref(parseForumQuery(url.searchParams, category))).toBe(address);
  }
});
test("a feed has a path of its own and no page", () => {
  const next = { at: 1, id: 2 };
  expect(listHref({ category: "tools", tag: "a", next }, "/feed")).toBe(
    "/forum/feed?tag=a&category=tools",
  );
});
test("an address that makes no sense shows the whole list", () => {
  const query = parseForumQuery(new URLSearchParams("after=x.y&sort=up"), undefined);
  expect(listHref(query)).toBe("/forum");
});

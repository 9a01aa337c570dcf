import type { IncomingMessage } from "node:http";
import { expect, test } from "vitest";
import { z } from "zod";
import { findRoute, matchPath } from "./find-route.ts";
import { jsonRoute } from "./route.ts";

const route = (method: "GET" | "POST", path: string) =>
  jsonRoute({
    id: path,
    method,
    path,
    access: "public",
    summary: "",
    answer: z.unknown(),
    handle: async () => null,
  });
const table = {
  routes: [
    route("GET", "/api/v1/runs"),
    route("POST", "/api/v1/runs"),
    route("GET", "/api/v1/runs/{id}"),
  ],
  elsewhere: ["/api/v1/runs/{id}/live"],
};
const find = (method: string, url: string) => findRoute(table, { method, url } as IncomingMessage);

test("a path's parameters are decoded, and never span a slash", () => {
  expect(matchPath("/a/{id}/b", "/a/x%20y/b")).toEqual({ id: "x y" });
  expect(matchPath("/a/{id}/b", "/a/x/y/b")).toBeNull();
  expect(matchPath("/a/{id}", "/a/..%2Fb")).toEqual({ id: "../b" });
  expect(matchPath("/a/{id}", "/a/%E0%A4%A")).toEqual({ id: "%E0%A4%A" });
});

test.each([
  ["GET", "/api/v1/runs?x=1", "route"],
  ["HEAD", "/api/v1/runs/7", "route"],
  ["OPTIONS", "/api/v1/runs", "route"],
  ["DELETE", "/api/v1/runs", "wrong method"],
  ["GET", "/api/v1/none", "nothing"],
  ["GET", "/api/v1", "nothing"],
  ["GET", "/api/v1/runs/7/live", "foreign"],
  ["POST", "/api/v1/runs/7/live", "wrong method"],
  ["GET", "/api/v2/runs", "foreign"],
  ["GET", "/", "foreign"],
])("%s %s is %s", (method, url, kind) => {
  expect(find(method, url).kind).toBe(kind);
});

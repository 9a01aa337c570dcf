import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { LIVE_STREAM } from "./read-routes.ts";
import { routes } from "./routes.ts";
import { type TestPortal, testPortal } from "./test-portal.ts";

let portal: TestPortal;
beforeAll(async () => {
  portal = await testPortal();
});
afterAll(() => portal.close());

describe("the OpenAPI document", () => {
  test("describes every route of the table and the live stream, with who may call it", async () => {
    const { status, json } = await portal.ask("GET", "/api/v1/openapi.json");
    expect([status, json.openapi]).toEqual([200, "3.1.0"]);
    for (const route of routes.filter(({ id }) => id !== "openapi")) {
      const operation = json.paths[route.path][route.method.toLowerCase()];
      expect(operation).toMatchObject({
        operationId: route.id,
        summary: route.summary,
        "x-access": route.access,
      });
      const named = [...route.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
      const inPath = operation.parameters.filter(
        (parameter: { in: string }) => parameter.in === "path",
      );
      expect(inPath.map((parameter: { name: string }) => parameter.name)).toEqual(named);
      expect(operation.security).toEqual(route.access === "public" ? [] : [{ token: [] }]);
    }
    expect(json.paths[LIVE_STREAM.path].get).toMatchObject({ "x-access": "public" });
    expect(json.servers).toEqual([{ url: portal.origin }]);
    expect(json["x-limits"].bodyBytes).toBe(16 * 1024 * 1024);
  });

  test("gives each body its schema and each parameter its kind", async () => {
    const { paths } = (await portal.ask("GET", "/api/v1/openapi.json")).json;
    const log = paths["/api/v1/runs/{id}/log"].post;
    const schema = log.requestBody.content["application/json"].schema;
    expect(schema.required).toEqual(["attempt", "batch"]);
    expect(Object.keys(schema.properties)).toEqual([
      "attempt",
      "batch",
      "steps",
      "times",
      "series",
      "events",
      "lines",
    ]);
    expect(Object.keys(log.responses)).toEqual(
      expect.arrayContaining(["200", "400", "401", "403", "404", "409", "413", "429"]),
    );
    const series = paths["/api/v1/runs/{id}/series"].get;
    const kinds = Object.fromEntries(
      series.parameters.map(
        (parameter: { name: string; required: boolean; schema: { type?: string } }) => [
          parameter.name,
          [parameter.required, parameter.schema.type],
        ],
      ),
    );
    expect(kinds).toMatchObject({
      id: [true, "string"],
      keys: [true, "string"],
      buckets: [false, "integer"],
      from: [false, "number"],
      x: [false, "string"],
    });
  });
});

describe("the gateway", () => {
  test("leaves what is not its own to the pages", async () => {
    for (const path of ["/", "/api/trpc/x", "/api/v10", "/healthzz", "/runs"]) {
      expect((await portal.ask("GET", path)).text).toBe("pages");
    }
  });

  test("answers HEAD like GET without the body, and OPTIONS with what an address takes", async () => {
    const get = await portal.ask("GET", "/api/v1/runs");
    const head = await portal.ask("HEAD", "/api/v1/runs");
    expect([head.status, head.text]).toEqual([200, ""]);
    expect(head.headers.get("content-length")).toBe(String(get.text.length));
    const options = await portal.ask("OPTIONS", "/api/v1/runs");
    expect([options.status, options.headers.get("allow")?.split(", ").sort()]).toEqual([
      204,
      ["GET", "HEAD", "OPTIONS", "POST"],
    ]);
    expect(options.headers.get("access-control-allow-methods")).toBe("GET, HEAD");
  });

  test("lets pages of other sites read, not write", async () => {
    expect(
      (await portal.ask("GET", "/api/v1/runs")).headers.get("access-control-allow-origin"),
    ).toBe("*");
    expect(
      (await portal.ask("GET", "/api/v1/nothing")).headers.get("access-control-allow-origin"),
    ).toBe("*");
    expect(
      (await portal.ask("POST", "/api/v1/runs", { json: {} })).headers.get(
        "access-control-allow-origin",
      ),
    ).toBeNull();
  });

  test("says that it lives, and that it is ready when the schema is the code's", async () => {
    expect((await portal.ask("GET", "/healthz")).json).toEqual({ ok: true });
    expect((await portal.ask("GET", "/readyz")).json).toEqual({ ok: true });
    await portal.pool.query(`update "_prisma_migrations" set rolled_back_at = now()`);
    const behind = await portal.ask("GET", "/readyz");
    expect([behind.status, behind.json.error.code]).toEqual([503, "unavailable"]);
    await portal.pool.query(`update "_prisma_migrations" set rolled_back_at = null`);
  });

  test("hides what failed inside and names the request", async () => {
    await portal.pool.query(`alter table "RunEvent" rename to "Gone"`);
    const token = await portal.token({ scope: "ingest" });
    const { json: run } = await portal.ask("POST", "/api/v1/runs", {
      token,
      json: { project: "p", name: "n" },
    });
    const failed = await portal.ask("POST", `/api/v1/runs/${run.id}/attempts`, {
      token,
      json: { fromStep: 0, reason: "Go." },
    });
    expect(failed.status).toBe(500);
    expect(failed.text).not.toMatch(/RunEvent|relation|select|insert/i);
    expect(failed.json.error).toMatchObject({
      code: "internal",
      requestId: failed.headers.get("x-request-id"),
    });
    await portal.pool.query(`alter table "Gone" rename to "RunEvent"`);
    const { json } = await portal.ask("GET", `/api/v1/runs/${run.id}`);
    expect(json.attempt).toBe(0);
  });
});

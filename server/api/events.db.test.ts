import { afterAll, beforeAll, expect, test } from "vitest";
import { type TestPortal, testPortal } from "./test-portal.ts";

let portal: TestPortal;
beforeAll(async () => {
  portal = await testPortal();
});
afterAll(() => portal.close());

test("events are asked for by kind and step, and one by its identifier", async () => {
  const token = await portal.token({ scope: "ingest" });
  const json = { project: "p", name: "eventful" };
  const { json: run } = await portal.ask("POST", "/api/v1/runs", { token, json });
  const attempt = { fromStep: 0, reason: "first" };
  await portal.ask("POST", `/api/v1/runs/${run.id}/attempts`, { token, json: attempt });
  const events = [
    { kind: "spike", step: 1, message: "one" },
    { kind: "nan", step: 2, message: "two" },
    { kind: "spike", step: 3, message: "three" },
  ];
  const batch = { attempt: 1, batch: 1, events };
  await portal.ask("POST", `/api/v1/runs/${run.id}/log`, { token, json: batch });
  const messages = async (query: string) => {
    const { json: list } = await portal.ask("GET", `/api/v1/runs/${run.id}/events?${query}`);
    return list.events.map(({ message }: { message: string }) => message);
  };
  expect(await messages("kinds=spike,nan")).toEqual(["three", "two", "one"]);
  expect(await messages("kinds=spike&from=2")).toEqual(["three"]);
  expect(await messages("kinds=spike,nan&to=2")).toEqual(["two", "one"]);
  const wrong = await portal.ask("GET", `/api/v1/runs/${run.id}/events?kinds=flood`);
  expect(wrong.status).toBe(400);
  const { json: list } = await portal.ask("GET", `/api/v1/runs/${run.id}/events?kinds=nan`);
  const [{ id }] = list.events;
  const one = await portal.ask("GET", `/api/v1/events/${id}`);
  expect(one.json).toMatchObject({ id, runId: run.id, message: "two" });
  expect((await portal.ask("GET", "/api/v1/events/evt_none")).status).toBe(404);
});

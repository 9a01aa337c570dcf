import { createHmac } from "node:crypto";
import { createServer, type IncomingHttpHeaders, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { type TestPortal, testPortal } from "../api/test-portal.ts";
import type { Mail } from "../auth/send-mail.ts";
import { createMember } from "../testing/members.ts";
import type { AlertKind } from "./contract.ts";
import { deliverDue } from "./deliver-due.ts";
import { listDeliveries } from "./list-deliveries.ts";
import { removeAlerts } from "./remove-alerts.ts";
import { saveAlerts } from "./save-alerts.ts";
import { testWebhook } from "./test-webhook.ts";

type Heard = { headers: IncomingHttpHeaders; body: string };
const KEY = Buffer.alloc(32, 7);
const CHOICE = { inApp: true, mail: true, language: "en" as const };
let portal: TestPortal;
let receiver: Server;
let hook: string;
let token: string;
/** What the receiver answers, and what it heard. */
let status = 200;
const heard: Heard[] = [];
const mails: Mail[] = [];

beforeAll(async () => {
  portal = await testPortal();
  portal.clock.now = Date.now() + 1_000;
  token = await portal.token({ scope: "ingest", label: "test" });
  receiver = createServer((req, res) => {
    let body = "";
    req.on("data", (chunk) => {
      body += chunk;
    });
    req.on("end", () => {
      heard.push({ headers: req.headers, body });
      res.writeHead(status, status === 302 ? { location: "http://127.0.0.1:1/" } : {}).end("x");
    });
  });
  await new Promise<void>((done) => receiver.listen(0, "127.0.0.1", done));
  hook = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hook`;
});
afterAll(async () => {
  receiver.closeAllConnections();
  receiver.close();
  await portal.close();
});
beforeEach(() => {
  status = 200;
  heard.length = 0;
  mails.length = 0;
});

const tools = (allowLoopback = true) => ({
  db: portal.db,
  pool: portal.pool,
  key: KEY,
  origin: "https://live.example",
  allowLoopback,
  now: () => portal.clock.now,
  sendMail: async (mail: Mail) => {
    mails.push(mail);
  },
});

/** A run with one subscriber, and a way to let something happen in it. */
async function subscribedRun(webhook: string | null, kinds: AlertKind[] = ["spike"]) {
  const name = `watched ${Math.random()}`;
  const { json: run } = await portal.ask("POST", "/api/v1/runs", {
    token,
    json: { project: "p", name },
  });
  const json = { fromStep: 0, reason: "first" };
  await portal.ask("POST", `/api/v1/runs/${run.id}/attempts`, { token, json });
  const { memberId } = await createMember(portal.db);
  const mine = { runId: run.id as string, memberId };
  const save = { ...mine, kinds, ...CHOICE, webhook, key: KEY, now: portal.clock.now };
  const alerts = await saveAlerts(portal.db, save);
  let batch = 0;
  const happen = async (kind: string) => {
    batch += 1;
    const event = { kind, step: batch, message: "The loss rose for one step." };
    const told = await portal.ask("POST", `/api/v1/runs/${run.id}/log`, {
      token,
      json: { attempt: 1, batch, events: [event] },
    });
    expect(told.status).toBe(200);
    // The trigger writes the database's own time.
    portal.clock.now = Math.max(portal.clock.now, Date.now() + 1_000);
    return event;
  };
  const deliveries = async () => (await listDeliveries(portal.db, mine)).deliveries;
  return { ...mine, name, alerts, happen, deliveries };
}

test("an event is told once over each channel, however many portals deliver at once", async () => {
  const run = await subscribedRun(hook);
  await run.happen("spike");
  await run.happen("checkpoint");
  await Promise.all([deliverDue(tools()), deliverDue(tools()), deliverDue(tools())]);
  const told = (await run.deliveries()).map(({ channel, state, tries }) => [channel, state, tries]);
  expect(told.sort()).toEqual([
    ["app", "delivered", 1],
    ["mail", "delivered", 1],
    ["webhook", "delivered", 1],
  ]);
  const rows = await portal.db.notification.findMany({ where: { memberId: run.memberId } });
  const [event] = await portal.db.runEvent.findMany({ where: { runId: run.runId, kind: "spike" } });
  expect(rows.map(({ kind, url, data }) => [kind, url, data])).toEqual([
    ["run-spike", `/runs/${run.runId}#${event?.id}`, { run: run.name, step: 1, event: "spike" }],
  ]);
  expect(mails.map(({ subject }) => subject)).toEqual([`${run.name}: loss spike at step 1`]);
  expect(heard).toHaveLength(1);
  await deliverDue(tools());
  expect([heard.length, mails.length]).toEqual([1, 1]);
});

test("a webhook is signed so that the receiver can check it with the secret it was given", async () => {
  const run = await subscribedRun(hook);
  await run.happen("spike");
  await deliverDue(tools());
  const [{ headers, body } = { headers: {}, body: "" }] = heard;
  const key = Buffer.from((run.alerts.secret ?? "").replace("whsec_", ""), "base64");
  const signed = `${headers["webhook-id"]}.${headers["webhook-timestamp"]}.${body}`;
  const signature = createHmac("sha256", key).update(signed).digest("base64");
  expect(headers["webhook-signature"]).toBe(`v1,${signature}`);
  expect(JSON.parse(body)).toMatchObject({
    type: "run.spike",
    data: { run: { id: run.runId }, event: { step: 1, message: "The loss rose for one step." } },
  });
});

test("a receiver that fails is tried again later and later, with the same id, and given up in the end", async () => {
  const run = await subscribedRun(hook);
  status = 500;
  await run.happen("spike");
  const waits: number[] = [];
  for (let round = 0; round < 7; round++) {
    await deliverDue(tools());
    const webhook = (await run.deliveries()).find(({ channel }) => channel === "webhook");
    expect([webhook?.tries, webhook?.lastAnswer]).toEqual([round + 1, "500"]);
    if (webhook?.nextTryAt != null) {
      waits.push((webhook.nextTryAt - portal.clock.now) / 60_000);
      portal.clock.now = webhook.nextTryAt;
    }
  }
  expect(waits).toEqual([1, 5, 30, 120, 360, 900]);
  expect(new Set(heard.map(({ headers }) => headers["webhook-id"])).size).toBe(1);
  const states = (await run.deliveries()).map(({ channel, state }) => `${channel} ${state}`);
  expect(states.sort()).toEqual(["app delivered", "mail delivered", "webhook failed"]);
});

test("a receiver that recovers gets the message", async () => {
  const run = await subscribedRun(hook);
  status = 503;
  await run.happen("spike");
  await deliverDue(tools());
  status = 204;
  await deliverDue(tools());
  expect(heard).toHaveLength(1);
  portal.clock.now += 61_000;
  await deliverDue(tools());
  expect(heard).toHaveLength(2);
  const webhook = (await run.deliveries()).find(({ channel }) => channel === "webhook");
  expect([webhook?.state, webhook?.lastAnswer]).toEqual(["delivered", "204"]);
});

test("nothing is sent into private networks, and no redirect is followed", async () => {
  const run = await subscribedRun(hook);
  await run.happen("spike");
  await deliverDue(tools(false));
  expect(heard).toHaveLength(0);
  const webhook = (await run.deliveries()).find(({ channel }) => channel === "webhook");
  expect(webhook).toMatchObject({ state: "failed", tries: 1 });
  expect(webhook?.lastAnswer).toContain("not public");
  const other = await subscribedRun(hook);
  status = 302;
  await other.happen("spike");
  await deliverDue(tools());
  const redirected = (await other.deliveries()).find(({ channel }) => channel === "webhook");
  expect(redirected?.lastAnswer).toBe("302: redirects are not followed");
});

test("a portal that dies in the middle of a try leaves it to be made again", async () => {
  const run = await subscribedRun(null);
  await run.happen("spike");
  const dying = { ...tools(), sendMail: () => new Promise<void>(() => undefined) };
  void deliverDue(dying);
  const mail = async () => (await run.deliveries()).find(({ channel }) => channel === "mail");
  await expect.poll(async () => (await mail())?.tries).toBe(1);
  await deliverDue(tools());
  expect(mails).toHaveLength(0);
  portal.clock.now += 121_000;
  await deliverDue(tools());
  expect(mails).toHaveLength(1);
  expect(await mail()).toMatchObject({ state: "delivered", tries: 2 });
});

test("a new address gets a new secret, the same one keeps its own; who removes alerts hears nothing more", async () => {
  const run = await subscribedRun(hook);
  const { runId, memberId } = run;
  const save = { runId, memberId, kinds: ["nan" as const], ...CHOICE, key: KEY, now: 0 };
  const same = await saveAlerts(portal.db, { ...save, webhook: hook });
  expect(same.secret).toBe(run.alerts.secret);
  const other = await saveAlerts(portal.db, { ...save, webhook: `${hook}2` });
  expect(other.secret).not.toBe(run.alerts.secret);
  const row = await portal.db.alertSubscription.findFirst({ where: { runId, memberId } });
  expect(row?.secret).not.toContain(other.secret ?? "none");
  await removeAlerts(portal.db, { runId, memberId });
  await run.happen("nan");
  expect(await deliverDue(tools())).toBe(0);
  await expect(
    saveAlerts(portal.db, { ...save, webhook: null, inApp: false, mail: false }),
  ).rejects.toThrow("at least one way");
});

test("a test message comes at once and says what the receiver answered", async () => {
  const { runId, memberId } = await subscribedRun(hook);
  const asked = { runId, memberId, key: KEY, now: portal.clock.now };
  const { delivered, answer } = await testWebhook(portal.db, { ...asked, allowLoopback: true });
  expect([delivered, answer, heard.length]).toEqual([true, "200", 1]);
  const refused = await testWebhook(portal.db, { ...asked, allowLoopback: false });
  expect([refused.delivered, heard.length]).toEqual([false, 1]);
});

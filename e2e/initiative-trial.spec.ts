// Two initiatives through a real training: one is kept and shipped, one is rolled back. Members vote, engineers judge.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createTRPCClient, httpLink } from "@trpc/client";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { sessionCookieName } from "#server/auth/session-cookie.ts";
import type { AppRouter } from "#server/root.ts";
import { createMember } from "#server/testing/members.ts";
import { DESK, launchBrowser } from "./support/browser.ts";
import { type Portal, startPortal } from "./support/portal.ts";
import type { Running } from "./support/process.ts";
import { signIn } from "./support/sign-in.ts";

let portal: Portal;
let browser: Browser;
let trainer: Running;
let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "cpm-live-trial-"));
  [portal, browser] = await Promise.all([
    startPortal(() => ({ INITIATIVE_COMMENT_DAYS: "0", INITIATIVE_WATCH_SECONDS: "0.5" })),
    launchBrowser(),
  ]);
  const out = ["--out", join(folder, "run")];
  trainer = portal.trainer(["--recipe", "tiny", "--steps", "50000", ...out]);
});
afterAll(async () => {
  await trainer?.stop("SIGKILL");
  await browser?.close();
  await portal?.stop();
  rmSync(folder, { recursive: true, force: true });
});

type Member = Awaited<ReturnType<typeof createMember>>;

/** A member old enough for an eligible vote, and what their browser would send. */
async function member(roles: Member["roles"] = []) {
  const who = await createMember(portal.database.db, { roles });
  await portal.database.db.member.update({
    where: { id: who.memberId },
    data: { createdAt: new Date(Date.now() - 5 * 86_400_000) },
  });
  const cookie = `${sessionCookieName(false)}=${who.secret}`;
  const headers = { cookie, origin: portal.url };
  const client = createTRPCClient<AppRouter>({
    links: [httpLink({ url: `${portal.url}/api/trpc`, headers })],
  });
  return { ...who, initiatives: client.initiatives, notifications: client.notifications };
}
type Someone = Awaited<ReturnType<typeof member>>;

async function pageOf(who: Someone): Promise<Page> {
  const context = await browser.newContext(DESK);
  await signIn(context, portal, who);
  return await context.newPage();
}

const text = "A sentence that is long enough for the template of a proposal.";
const reason = "Decided in the open, for a reason.";
const stateOf = async (id: number) =>
  (await portal.database.db.initiative.findUniqueOrThrow({ where: { id } })).state;
const reach = (id: number, state: string) =>
  expect.poll(() => stateOf(id), { timeout: 90_000, interval: 200 }).toBe(state);

type Team = Record<"author" | "engineer" | "second" | "carrier", Someone> & { voters: Someone[] };

/** From the first word to the second approval. */
async function approved(title: string, team: Team): Promise<number> {
  const { author, engineer, second, carrier, voters } = team;
  const texts = { problem: text, proposal: text, effect: text, measure: text, gpuHours: 4 };
  const data = {
    ...{ source: "The built-in corpus", licence: "CC0", size: "1 MB", language: "zh, en" },
    ...{ personalData: "There are none in it.", contamination: "None of it is evaluated on." },
  };
  const draft = { category: "data" as const, title, ...texts, data };
  const { id } = await author.initiatives.saveDraft.mutate(draft);
  await author.initiatives.publish.mutate({ id });
  await Promise.all(voters.map((one) => one.initiatives.vote.mutate({ id, on: true })));
  await voters[0]?.initiatives.predict.mutate({ id, metric: "loss", change: -0.1 });
  await engineer.initiatives.takeUp.mutate({ id, reason });
  const judged = { outcome: "feasible" as const, gpuHours: 4, risk: "low" as const };
  await engineer.initiatives.assess.mutate({ id, reason, ...judged });
  await engineer.initiatives.offer.mutate({ id, memberName: carrier.name });
  await carrier.initiatives.answerOffer.mutate({ id, accept: true });
  await carrier.initiatives.openComment.mutate({ id, reason });
  await engineer.initiatives.approve.mutate({ id, reason });
  await second.initiatives.approve.mutate({ id, reason });
  return id;
}

/** Fixes the change in the engineer's form: everything by these weights, judged by how the loss moves. */
type Change = { english: number; accept: string; abort: string };

async function sealAndStart(page: Page, { english, ...bounds }: Change): Promise<void> {
  await page.getByLabel("What is changed").selectOption("weights");
  await page.getByLabel("Data weights", { exact: true }).fill(`chinese = 1\nenglish = ${english}`);
  await page.getByLabel("Accepted from this change on").fill(bounds.accept);
  await page.getByLabel("Ended from this change on").fill(bounds.abort);
  await page.getByLabel("Steps compared on each side").fill("48");
  await page.getByLabel("Steps until stable").fill("10");
  await page.getByRole("button", { name: "Fix change and bounds", exact: true }).click();
  await page.getByRole("button", { name: "Start the trial", exact: true }).click();
}

async function decide(page: Page, button: string): Promise<void> {
  await page.getByRole("button", { name: button, exact: true }).click();
  await page.getByLabel("Reason, for everyone to read").fill("As the data say, within the window.");
  await page.getByRole("button", { name: button, exact: true }).click();
}

async function trainedSteps(least: number): Promise<string> {
  const { db } = portal.database;
  const find = () => db.run.findFirst({ where: { step: { gte: least } }, select: { id: true } });
  await expect.poll(find, { timeout: 90_000, interval: 200 }).not.toBeNull();
  return (await find())?.id ?? "";
}

test("an initiative changes the data of a running training, is kept and shipped in a checkpoint; another is rolled back", async () => {
  const [author, engineer, second, carrier, ...voters] = await Promise.all([
    member(),
    ...[member(["engineer"]), member(["engineer"]), member(["volunteer"])],
    ...[member(), member(), member()],
  ]);
  const team = { author, engineer, second, carrier, voters } as Team;
  const good = await approved("More English for the running training", team);
  const runId = await trainedSteps(70);
  const page = await pageOf(team.engineer);
  await page.goto(`${portal.url}/en/initiatives/${good}`);
  // Any change is welcome to the first, none is enough for the second.
  await sealAndStart(page, { english: 3, accept: "50", abort: "90" });
  await page.getByText("The data say: keep.").waitFor();
  await decide(page, "Keep provisionally");
  await page.locator(".title .state", { hasText: "Released" }).waitFor();

  const bad = await approved("Twice as much English as that", team);
  await page.goto(`${portal.url}/en/initiatives/${bad}`);
  await sealAndStart(page, { english: 6, accept: "-50", abort: "90" });
  await page.getByText("The data say: roll back.").waitFor();
  await decide(page, "Roll back");
  await page.locator(".title .state", { hasText: "Rolled back" }).waitFor();
  await reach(bad, "rolled-back");

  await page.goto(`${portal.url}/en/runs/${runId}`);
  const proof = page.locator("#proof");
  await proof.getByText(`takes back initiative ${bad}`).waitFor();
  await proof.getByText("data by weight: chinese 1, english 3").waitFor();
  await proof.getByText(/The checkpoint of step [\d,]+ holds exactly what the sum/).waitFor();
  expect(await proof.getByText("the same as before the trial").count()).toBe(2);
  await page.locator(`#curve a[href$="/initiatives/${good}"]`).first().waitFor();
  expect(
    await portal.database.db.runEvent.count({ where: { runId, kind: "data", source: "trainer" } }),
  ).toBe(3);
  await page.locator("#checkpoints .text-btn").first().click();
  await page
    .locator("#checkpoints")
    .getByRole("link", { name: `${good}: More English` })
    .waitFor();

  const voter = await pageOf(team.voters[0] as Someone);
  await voter.goto(`${portal.url}/en/notifications`);
  await voter.getByText(/“More English for the running training” was shipped at step/).waitFor();
  await voter.getByText(/“Twice as much English as that” was rolled back at step/).waitFor();
}, 280_000);

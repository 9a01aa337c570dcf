// Whether a reader can trust the log of decisions without trusting the portal.
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { callerFor, createMember } from "#server/testing/members.ts";
import { launchBrowser } from "./support/browser.ts";
import { type Portal, startPortal } from "./support/portal.ts";

const DECISIONS = 50;
const TAMPERED = 17;

let portal: Portal;
let browser: Browser;
let page: Page;
beforeAll(async () => {
  [portal, browser] = await Promise.all([startPortal(), launchBrowser()]);
  const { db } = portal.database;
  const moderator = await createMember(db, { roles: ["moderator"] });
  const warned = await createMember(db);
  const { limit } = callerFor(portal.database, moderator).moderation;
  await Promise.all(
    Array.from({ length: DECISIONS }, (_, index) =>
      limit({ memberId: warned.memberId, kind: "warn", reason: `Reason ${index}, 理由` }),
    ),
  );
  page = await browser.newPage();
  page.setDefaultTimeout(60_000);
  await page.goto(`${portal.url}/en/decisions`);
});
afterAll(async () => {
  await browser?.close();
  await portal?.stop();
});

const check = () => page.getByRole("button", { name: "Check the chain" }).click();

/** As somebody could who owns the database: past the triggers that let nobody change a row. */
const overwrite = (statement: string) =>
  portal.database.db.$transaction([
    portal.database.db.$executeRaw`set local session_replication_role = replica`,
    portal.database.db.$executeRawUnsafe(statement),
  ]);

test("the browser finds the chain whole after fifty decisions at once", async () => {
  await check();
  await page.getByText(`The chain is whole: ${DECISIONS} decisions`).waitFor();
});

test("the browser finds the one row that was changed behind the portal's back", async () => {
  await overwrite(`update "Decision" set reason = 'A kinder reason' where number = ${TAMPERED}`);
  await check();
  await page.getByText(`The chain breaks at decision ${TAMPERED}: its content`).waitFor();
});

test("the browser finds a row that was taken out", async () => {
  await overwrite(`delete from "Decision" where number = ${TAMPERED}`);
  await check();
  await page.getByText(`The chain breaks at decision ${TAMPERED + 1}: a row is missing`).waitFor();
  expect(await page.getByText("The chain is whole").count()).toBe(0);
});

// An initiative from its first word to its approval, as author, voters, engineers and a volunteer meet it.
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createMember } from "#server/testing/members.ts";
import { axeViolations, DESK, launchBrowser, PHONE } from "./support/browser.ts";
import { type Portal, startPortal } from "./support/portal.ts";
import { signIn } from "./support/sign-in.ts";

let portal: Portal;
let browser: Browser;
beforeAll(async () => {
  [portal, browser] = await Promise.all([
    startPortal(() => ({ INITIATIVE_COMMENT_DAYS: "0" })),
    launchBrowser(),
  ]);
});
afterAll(async () => {
  await browser?.close();
  await portal?.stop();
});

type Member = Awaited<ReturnType<typeof createMember>>;

async function member(roles: Member["roles"] = []): Promise<Member> {
  const made = await createMember(portal.database.db, { roles });
  // Old enough for an eligible vote.
  await portal.database.db.member.update({
    where: { id: made.memberId },
    data: { createdAt: new Date(Date.now() - 5 * 86_400_000) },
  });
  return made;
}

async function as(who: Member, options = DESK): Promise<Page> {
  const context: BrowserContext = await browser.newContext(options);
  context.setDefaultTimeout(30_000);
  await signIn(context, portal, who);
  return await context.newPage();
}

/** Opens a reason's form, fills it and sends it; the form closes when the page is drawn anew without it. */
async function move(page: Page, button: string, reason: string): Promise<void> {
  await page.getByRole("button", { name: button, exact: true }).click();
  await page.getByLabel("Reason, for everyone to read").fill(reason);
  await page.getByRole("button", { name: button, exact: true }).click();
}

const stateOf = (page: Page, state: string) =>
  page.locator(".title .state", { hasText: state }).waitFor();

describe("an initiative", () => {
  let author: Page;
  let path: string;

  test("is proposed in a form that keeps what is written, and refuses gaps", async () => {
    const writer = await member();
    author = await as(writer);
    await author.goto(`${portal.url}/en/initiatives/new`);
    await author.getByLabel("Title").fill("Twice the weight for classical poetry");
    await author.getByText("Saved", { exact: true }).waitFor();
    await author.goto(`${portal.url}/en/initiatives/new`);
    await author.getByRole("link", { name: /Go on writing/ }).click();
    await author.waitForURL(/draft=/);
    expect(await author.getByLabel("Title").inputValue()).toBe(
      "Twice the weight for classical poetry",
    );
    for (const field of ["Problem", "Proposal", "Expected effect", "How it is measured"]) {
      await author.getByLabel(field).fill(`${field}: a text of more than twenty characters.`);
    }
    await author.getByLabel("GPU hours").fill("4");
    await author.getByRole("button", { name: "Publish" }).click();
    await author.waitForURL(/\/initiatives\/\d+$/);
    path = new URL(author.url()).pathname;
    await stateOf(author, "Open");
    expect(await axeViolations(author)).toEqual([]);
  });

  test("is shown to whoever is about to propose the same", async () => {
    const page = await as(await member());
    await page.goto(`${portal.url}/en/initiatives/new`);
    await page.getByLabel("Title").fill("Double weight of classical poetry");
    await page.getByText("Proposed already? These are alike:").waitFor();
    await page.context().close();
  });

  test("is voted for by several, withdrawn by one, and every open page shows the tally", async () => {
    for (let voter = 0; voter < 3; voter++) {
      const page = await as(await member(), PHONE);
      await page.goto(`${portal.url}/en/initiatives`);
      await page.getByRole("button", { name: /^Vote for initiative/ }).click();
      await page.getByRole("button", { name: /^Withdraw your vote/ }).waitFor();
      if (voter === 2) {
        await page.getByRole("button", { name: /^Withdraw your vote/ }).click();
        await page.getByRole("button", { name: /^Vote for initiative/ }).waitFor();
      }
      // The button moves at once; the vote is in when the server has it.
      const votes = () => portal.database.db.initiativeVote.count();
      await expect.poll(votes).toBe(Math.min(voter + 1, 2));
      await page.context().close();
    }
    // The author's page was open all the while.
    await author.locator(".tally b", { hasText: /^2$/ }).waitFor();
  });

  test("is found feasible, carried by a volunteer, commented on, and approved by two", async () => {
    const volunteer = await member(["volunteer"]);
    const [engineer, second] = [
      await as(await member(["engineer"])),
      await as(await member(["engineer"])),
    ];
    await engineer.goto(portal.url + path);
    await move(engineer, "Take up for triage", "Looks like a change of one weight.");
    await stateOf(engineer, "Triage");
    await engineer.getByRole("button", { name: "Assess", exact: true }).click();
    await engineer.getByLabel("Outcome").selectOption("feasible");
    await engineer
      .getByLabel("Reason, for everyone to read")
      .fill("One weight of the recipe changes.");
    await engineer.getByRole("button", { name: "Assess", exact: true }).click();
    await stateOf(engineer, "Feasible");
    await engineer.getByLabel("Ask an engineer or volunteer to carry it").fill(volunteer.name);
    await engineer.getByRole("button", { name: "Ask", exact: true }).click();

    const carrier = await as(volunteer);
    await carrier.goto(portal.url + path);
    await carrier.getByRole("button", { name: "Carry it" }).click();
    await stateOf(carrier, "Assigned");
    await move(carrier, "Open final comment", "Everything is prepared for the trial.");
    await stateOf(carrier, "Final comment");

    await engineer.goto(portal.url + path);
    await move(engineer, "Approve", "Cheap, reversible, and wanted.");
    await engineer.getByRole("heading", { name: "Approvals" }).waitFor();
    await move(engineer, "Approve", "Once more, with feeling.");
    await engineer
      .getByText("You have approved this version already. A second person must.")
      .waitFor();
    await second.goto(portal.url + path);
    await move(second, "Approve", "I agree with the assessment.");
    await stateOf(second, "Approved");
    expect(await axeViolations(second)).toEqual([]);

    // Nobody votes any more, and the author was told.
    expect(await second.locator("button.vote").isDisabled()).toBe(true);
    const told = await portal.database.db.notification.findMany({ select: { kind: true } });
    expect(told.map(({ kind }) => kind)).toContain("initiative-decided");
  });

  test.each([
    { locale: "en", size: PHONE, scheme: "dark" },
    { locale: "zh", size: DESK, scheme: "light" },
    { locale: "zh", size: PHONE, scheme: "light" },
  ] as const)("has pages without a fault in $locale at $size.viewport.width px", async (look) => {
    const context = await browser.newContext({ ...look.size, colorScheme: look.scheme });
    const page = await context.newPage();
    const own = path.replace("/en", "");
    const lists = ["", "?stage=trial&order=hot", "/help", "/week", "/new"];
    for (const where of [...lists.map((list) => `/initiatives${list}`), own, `${own}/voters`]) {
      await page.goto(`${portal.url}/${look.locale}${where}`);
      expect(await axeViolations(page)).toEqual([]);
      const overflow = await page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth",
      );
      expect(overflow).toBeLessThanOrEqual(0);
    }
    await context.close();
  });
});

// `npm run trainer -- publish`, a process of its own, against the portal's API over HTTP.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type TestPortal, testPortal } from "../api/test-portal.ts";
import { createMember } from "../testing/members.ts";

const MAIN = join(import.meta.dirname, "../../trainer/main.ts");
let portal: TestPortal;
let folder: string;
beforeAll(async () => {
  portal = await testPortal();
  folder = mkdtempSync(join(tmpdir(), "cpm-live-publish-"));
});
afterAll(async () => {
  await portal.close();
  rmSync(folder, { recursive: true, force: true });
});

async function trainer(...args: string[]) {
  const child = spawn(process.execPath, [MAIN, ...args], {
    env: { NODE_ENV: "test", DATA_DIR: folder, PATH: "" },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const said = { out: "", err: "" };
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    said.out += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    said.err += text;
  });
  const [code] = await once(child, "close");
  return { code: code as number | null, ...said };
}

test("an engineer hands a checkpoint to the portal, which drafts the next release; nobody else can", async () => {
  const { db } = portal;
  const out = join(folder, "run");
  const token = await portal.token({ scope: "ingest" });
  const where = ["--portal", portal.origin, "--token", token];
  expect(
    await trainer("train", "--recipe", "tiny", "--steps", "2", "--out", out, ...where),
  ).toMatchObject({ code: 0 });
  expect(await db.checkpoint.count({ where: { completedAt: { not: null } } })).toBeGreaterThan(0);
  const [newest = ""] = readdirSync(join(out, "checkpoints")).sort().reverse();
  const checkpoint = join(out, "checkpoints", newest);

  const engineer = await createMember(db, { roles: ["engineer"] });
  const member = await createMember(db);
  const publish = async (secret: string, ...more: string[]) => {
    const asked = ["--checkpoint", checkpoint, "--model", "tiny", "--portal", portal.origin];
    return await trainer("publish", ...asked, "--token", secret, ...more);
  };
  const control = (memberId?: string) =>
    portal.token({ scope: "control", ...(memberId === undefined ? {} : { memberId }) });
  const own = await control(engineer.memberId);
  expect((await publish(own)).err).toContain("There is no model of that name");
  await db.modelFamily.create({
    data: { id: "tiny", title: "Tiny", summary: {}, createdById: engineer.memberId },
  });
  for (const [secret, reason] of [
    [await control(member.memberId), "may not do this any more"],
    [await control(), "a member's own token"],
    [token, "scope control"],
  ] as const) {
    const refused = await publish(secret);
    expect([refused.code, refused.err]).toEqual([1, expect.stringContaining(reason)]);
  }
  expect(await db.release.count()).toBe(0);

  const first = await publish(own);
  expect(first).toMatchObject({ code: 0, err: "" });
  expect(first.out).toContain(`tiny 1.0 is a draft: ${portal.origin}/models/tiny?release=1.0`);
  const second = await publish(own, "--formats", "native,int8");
  expect(second.out).toContain("tiny 1.1 is a draft");
  const drafts = await db.release.findMany({
    select: {
      version: true,
      state: true,
      authorId: true,
      formats: { select: { name: true }, orderBy: { name: "asc" } },
    },
    orderBy: { version: "asc" },
  });
  expect(drafts).toMatchObject([
    { version: "1.0", state: "draft", authorId: engineer.memberId },
    { version: "1.1", formats: [{ name: "int8" }, { name: "native" }] },
  ]);
  expect(drafts[0]?.formats).toHaveLength(5);
}, 200_000);

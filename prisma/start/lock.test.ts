import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { inheritLock, takeLock } from "./lock.mjs";
import { endProcess, isAlive, know } from "./processes.mjs";

let dataDir: string;
let file: string;
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), "cpm-live-lock-"));
  file = join(dataDir, "start.lock");
});
afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

/** A process that ran and is over: its number names nobody, or somebody else. */
function deadProcess() {
  const { pid } = spawnSync(process.execPath, ["-e", ""]);
  return { pid, born: "1" };
}

function writeLock(change: object) {
  const content = {
    holder: deadProcess(),
    host: hostname(),
    since: "2026-01-01T00:00:00.000Z",
    url: "http://localhost:3000",
    children: {},
    ...change,
  };
  writeFileSync(file, JSON.stringify(content));
}

test("a held lock is refused with its holder's number, address and what to do", () => {
  const { lock } = takeLock(dataDir);
  lock.update({ url: "http://localhost:3000" });
  expect(() => takeLock(dataDir)).toThrow(
    new RegExp(`process ${process.pid} on ${hostname()}.*http://localhost:3000[\\s\\S]*PORT=3001`),
  );
  lock.release();
  expect(existsSync(file)).toBe(false);
});

test("the lock of a dead holder is taken over, with what that one had started", () => {
  const trainer = deadProcess();
  writeLock({ children: { trainer } });
  const { lock, left } = takeLock(dataDir);
  expect(left).toEqual({ trainer });
  expect(JSON.parse(readFileSync(file, "utf8")).holder.pid).toBe(process.pid);
  lock.release();
});

test("a number that was given to another process since does not hold the lock", () => {
  writeLock({ holder: { pid: process.pid, born: "1" } });
  takeLock(dataDir).lock.release();
});

test("a lock cut off in the middle is taken over", () => {
  writeFileSync(file, '{"holder":{"pi');
  takeLock(dataDir).lock.release();
});

test("another machine's lock counts while it is touched", () => {
  writeLock({ host: "elsewhere" });
  expect(() => takeLock(dataDir)).toThrow("on elsewhere");
  const longAgo = new Date(Date.now() - 120_000);
  utimesSync(file, longAgo, longAgo);
  takeLock(dataDir).lock.release();
});

test("a child goes on with its parent's lock, and the parent lets go of it", () => {
  const { lock } = takeLock(dataDir);
  lock.handOver();
  const inherited = inheritLock(dataDir);
  inherited.noteChild("portal", process.pid);
  expect(JSON.parse(readFileSync(file, "utf8")).children.portal.pid).toBe(process.pid);
  inherited.noteChild("portal", undefined);
  expect(JSON.parse(readFileSync(file, "utf8")).children).toEqual({});
  inherited.release();
  expect(existsSync(file)).toBe(false);
});

test("of many that find a dead holder's lock at once, one gets it", async () => {
  writeLock({});
  const script = `
    const { takeLock } = await import(${JSON.stringify(join(import.meta.dirname, "lock.mjs"))});
    process.stdin.once("data", () => {
      try { takeLock(${JSON.stringify(dataDir)}); console.log("mine"); } catch { console.log("no"); }
    });
    console.log("ready");
    setTimeout(() => undefined, 60_000);`;
  const contenders = Array.from({ length: 6 }, () =>
    spawn(process.execPath, ["--input-type=module", "-e", script]),
  );
  const words = (wanted: RegExp) =>
    Promise.all(
      contenders.map(
        (child) =>
          new Promise<string>((done) => {
            let text = "";
            child.stdout.on("data", function read(chunk) {
              text += chunk;
              if (wanted.test(text)) {
                child.stdout.off("data", read);
                done(text.trim());
              }
            });
          }),
      ),
    );
  await words(/ready/);
  const verdicts = words(/mine|no/);
  for (const child of contenders) {
    child.stdin.write("go\n");
  }
  const answers = await verdicts;
  for (const child of contenders) {
    child.kill("SIGKILL");
  }
  expect(answers.filter((answer) => answer === "mine")).toHaveLength(1);
});

test("a process that does not listen is ended by force", async () => {
  const deaf = spawn(process.execPath, [
    "-e",
    `process.on("SIGTERM", () => undefined); console.log("ready"); setInterval(() => undefined, 1000);`,
  ]);
  await new Promise((done) => deaf.stdout.once("data", done));
  const known = know(deaf.pid ?? 0);
  expect(isAlive(known)).toBe(true);
  expect(await endProcess(known, { patienceMs: 200 })).toBe(false);
  await new Promise((done) => deaf.once("exit", done));
  expect(isAlive(known)).toBe(false);
});

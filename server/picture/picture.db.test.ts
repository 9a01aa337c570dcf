import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import sharp from "sharp";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type TestPortal, testPortal } from "../api/test-portal.ts";

let portal: TestPortal;
let token: string;
beforeAll(async () => {
  portal = await testPortal();
  token = await portal.token({ scope: "ingest", label: "test" });
});
afterAll(() => portal.close());

async function openRun(name: string, loss: (number | string)[]): Promise<string> {
  const { json } = await portal.ask("POST", "/api/v1/runs", {
    token,
    json: { project: "p", name },
  });
  const attempt = { fromStep: 0, reason: "first" };
  await portal.ask("POST", `/api/v1/runs/${json.id}/attempts`, { token, json: attempt });
  if (loss.length > 0) {
    const steps = loss.map((_, index) => index + 1);
    const batch = { attempt: 1, batch: 1, steps, series: { loss } };
    const told = await portal.ask("POST", `/api/v1/runs/${json.id}/log`, { token, json: batch });
    expect(told.status).toBe(200);
  }
  return json.id;
}

async function pixels(id: string) {
  const answer = await fetch(`${portal.origin}/api/v1/runs/${id}/picture.png`);
  expect([answer.status, answer.headers.get("content-type")]).toEqual([200, "image/png"]);
  const picture = sharp(Buffer.from(await answer.arrayBuffer())).removeAlpha();
  const { data, info } = await picture.raw().toBuffer({ resolveWithObject: true });
  const at = (x: number, y: number) => [...data.subarray((y * info.width + x) * 3).subarray(0, 3)];
  /** Pixels that are clearly of this colour within a stretch of the picture. */
  const count = (near: number[], [left, top, right, bottom]: [number, number, number, number]) => {
    let found = 0;
    for (let y = top; y < bottom; y++) {
      for (let x = left; x < right; x++) {
        const here = at(x, y);
        found += here.every((part, index) => Math.abs(part - (near[index] ?? 0)) < 24) ? 1 : 0;
      }
    }
    return found;
  };
  return { info, count };
}

const LINE = [0x3b, 0x5c, 0xe5];
const INK = [0x12, 0x17, 0x1a];
const PLOT: [number, number, number, number] = [60, 170, 1020, 550];

test("the picture is drawn from the run's numbers: the line falls where the loss does", async () => {
  const id = await openRun("falls", [8, ...Array.from({ length: 199 }, (_, i) => 4 - i / 100)]);
  const { info, count } = await pixels(id);
  expect([info.width, info.height]).toEqual([1200, 630]);
  const [left, top, right, bottom] = PLOT;
  const [middleX, middleY] = [(left + right) / 2, (top + bottom) / 2];
  expect(count(LINE, [left, top, middleX, middleY])).toBeGreaterThan(300);
  expect(count(LINE, [middleX, middleY, right, bottom])).toBeGreaterThan(300);
  expect(count(LINE, [left, middleY + 20, middleX - 20, bottom])).toBe(0);
  expect(count(INK, [60, 90, 600, 145])).toBeGreaterThan(200);
});

test("names of any writing and length, no numbers, and only bad ones still make a picture", async () => {
  for (const [name, loss] of [
    ["训练 <b>&amp; ".repeat(6), [3, 2, 1]],
    ["nothing yet", []],
    ["all bad", ["NaN", "Infinity"]],
    ["one", [2]],
  ] as [string, (number | string)[]][]) {
    const { info } = await pixels(await openRun(name, loss));
    expect([name, info.width]).toEqual([name, 1200]);
  }
  expect((await portal.ask("GET", "/api/v1/runs/none/picture.png")).status).toBe(404);
});

test("it is kept while nothing new was logged", async () => {
  const id = await openRun("kept", [3, 2, 1]);
  const { headers } = await portal.ask("GET", `/api/v1/runs/${id}/picture.png`);
  const again = await portal.ask("GET", `/api/v1/runs/${id}/picture.png`, {
    headers: { "if-none-match": headers.get("etag") ?? "" },
  });
  expect(again.status).toBe(304);
});

test("a machine without any font draws the same letters", async () => {
  const bare = mkdtempSync(join(tmpdir(), "cpm-live-bare-"));
  const config = join(bare, "fonts.conf");
  writeFileSync(
    config,
    `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig><dir>${bare}</dir></fontconfig>`,
  );
  const script = `
    import { drawText } from "./server/picture/draw-text.ts";
    const style = { size: 52, colour: "#12171a", x: 0, align: "left", y: 60 };
    const { input } = await drawText({ ...style, text: "Loss 5.329" });
    const box = await drawText({ ...style, text: "训" });
    process.stdout.write(JSON.stringify([input.toString("base64"), box]));`;
  const draw = (env: Record<string, string>) =>
    spawnSync(process.execPath, ["--input-type=module", "--eval", script], {
      env: { NODE_ENV: "test", ...env },
      encoding: "utf8",
    });
  const there = draw({ FONTCONFIG_FILE: config });
  expect(there.stderr.replaceAll(/.*Fontconfig.*\n?/g, "")).toBe("");
  const [picture, box] = JSON.parse(there.stdout);
  const [here] = JSON.parse(draw({}).stdout);
  expect(await difference(picture, here)).toBeLessThan(4);
  // Rather nothing than a box with a number in it.
  expect(box).toBeNull();
  rmSync(bare, { recursive: true, force: true });
}, 60_000);

/** Mean difference of two pictures of the same size, of 255; how strokes are hinted is the machine's own choice. */
async function difference(one: string, other: string): Promise<number> {
  const [a, b] = await Promise.all(
    [one, other].map((text) =>
      sharp(Buffer.from(text, "base64")).flatten().raw().toBuffer({ resolveWithObject: true }),
    ),
  );
  expect([a?.info.width, a?.info.height]).toEqual([b?.info.width, b?.info.height]);
  const sum = a?.data.reduce((total, value, i) => total + Math.abs(value - (b?.data[i] ?? 0)), 0);
  return (sum ?? Infinity) / (a?.data.length ?? 1);
}

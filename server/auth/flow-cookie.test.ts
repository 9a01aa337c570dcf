import { randomBytes } from "node:crypto";
import { expect, test } from "vitest";
import { z } from "zod";
import { flowCookie, readFlow } from "./flow-cookie.ts";

const key = randomBytes(32);
const at = (now: number, flow = "one") => ({ key, flow, now });
const Kept = z.object({ state: z.string() });
const cookie = (value: unknown) => flowCookie(at(0), { value, secure: false }).split(";")[0] ?? "";

test("what a browser keeps for a flow comes back for that flow, for ten minutes", () => {
  const kept = `theme=dark; ${cookie({ state: "s" })}`;
  expect(readFlow(at(599_999), kept, Kept)).toEqual({ state: "s" });
  expect(readFlow(at(600_000), kept, Kept)).toBeNull();
  expect(readFlow(at(0, "other"), kept, Kept)).toBeNull();
  expect(readFlow({ ...at(0), key: randomBytes(32) }, kept, Kept)).toBeNull();
});

test("nobody reads or writes it", () => {
  const kept = cookie({ state: "secret words" });
  expect(decodeURIComponent(kept)).not.toContain("secret");
  expect(kept).not.toContain(Buffer.from("secret").toString("base64").slice(0, 6));
  for (const forged of ["cpm-flow=abc", "cpm-flow=", `${kept.slice(0, -6)}AAAAAA`, "x=1"]) {
    expect(readFlow(at(0), forged, Kept)).toBeNull();
  }
  expect(readFlow(at(0), cookie({ other: 1 }), Kept)).toBeNull();
});

test("over https it is bound to this host", () => {
  const set = flowCookie(at(0), { value: 1, secure: true });
  expect(set).toMatch(/^__Host-cpm-flow=.+; Path=\/; Max-Age=600; HttpOnly; SameSite=Lax; Secure$/);
});

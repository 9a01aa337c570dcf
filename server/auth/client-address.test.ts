import type { IncomingMessage } from "node:http";
import { expect, test } from "vitest";
import { addressOf, parseProxies, settleAddress } from "./client-address.ts";

const proxies = parseProxies("127.0.0.1, 10.0.0.0/8, fd00::/8");

function settled(socket: string, headers: Record<string, string>) {
  const req = { socket: { remoteAddress: socket }, headers: { host: "here:3000", ...headers } };
  settleAddress(req as unknown as IncomingMessage, proxies);
  const { "x-forwarded-host": host, "x-forwarded-proto": scheme } = req.headers as Record<
    string,
    string
  >;
  return [addressOf(req as unknown as IncomingMessage), scheme, host];
}

const FORGED = {
  "x-forwarded-for": "6.6.6.6",
  "x-forwarded-proto": "https",
  "x-forwarded-host": "evil.example",
  "x-portal-address": "7.7.7.7",
};

test("a stranger's forwarding headers are not believed", () => {
  expect(settled("203.0.113.5", FORGED)).toEqual(["203.0.113.5", "http", "here:3000"]);
});

test("a named proxy is believed, and of its chain only what our own proxies wrote", () => {
  const sent = { ...FORGED, "x-forwarded-for": "6.6.6.6, 203.0.113.9, 10.1.2.3" };
  expect(settled("::ffff:127.0.0.1", sent)).toEqual(["203.0.113.9", "https", "evil.example"]);
});

test("a proxy that says nothing is itself the sender", () => {
  expect(settled("10.0.0.1", {})).toEqual(["10.0.0.1", "http", "here:3000"]);
});

test.each(["nowhere", "10.0.0.0/99", "10.0.0.0/x"])("%s is refused as a proxy", (text) => {
  expect(() => parseProxies(text)).toThrow(/TRUSTED_PROXIES/);
});

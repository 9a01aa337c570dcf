import fc from "fast-check";
import { expect, test } from "vitest";
import { findPublicAddress, isPublicAddress } from "./find-public-address.ts";

const STRICT = { allowLoopback: false };

test.each([
  "0.0.0.0",
  "10.1.2.3",
  "100.64.0.1",
  "127.0.0.1",
  "127.255.255.254",
  "169.254.169.254",
  "172.16.0.1",
  "172.31.255.255",
  "192.168.0.1",
  "192.0.2.1",
  "198.18.0.1",
  "224.0.0.1",
  "255.255.255.255",
  "::",
  "::1",
  "::ffff:127.0.0.1",
  "::ffff:10.0.0.1",
  "::ffff:7f00:1",
  "64:ff9b::7f00:1",
  "fc00::1",
  "fd00:ec2::254",
  "fe80::1",
  "fec0::1",
  "ff02::1",
  "2001:db8::1",
  "2002:7f00:1::",
  "2001:0:7f00:1::",
])("%s is not public", (address) => {
  expect(isPublicAddress(address)).toBe(false);
});

test.each(["1.1.1.1", "172.15.0.1", "172.32.0.1", "100.128.0.1", "2606:4700:4700::1111"])(
  "%s is public",
  (address) => {
    expect(isPublicAddress(address)).toBe(true);
  },
);

test("no private address gets through, however its host is written in a URL", async () => {
  const written = fc.constantFrom(
    (value: number) => String(value),
    (value: number) => `0x${value.toString(16)}`,
    (value: number) => `0${value.toString(8)}`,
    (value: number) => `[::ffff:${(value >>> 16).toString(16)}:${(value & 0xffff).toString(16)}]`,
  );
  const insideTen = fc.integer({ min: 0x0a000000, max: 0x0affffff });
  await fc.assert(
    fc.asyncProperty(insideTen, written, async (value, write) => {
      const { hostname } = new URL(`http://${write(value)}/`);
      expect(await findPublicAddress(hostname, STRICT)).toHaveProperty("refused");
    }),
  );
});

test("a name is refused when any of its addresses is not public", async () => {
  const resolve = async () => [{ address: "93.184.216.34" }, { address: "10.0.0.1" }];
  expect(await findPublicAddress("two-faced.example", { ...STRICT, resolve })).toHaveProperty(
    "refused",
  );
  const sound = async () => [{ address: "93.184.216.34" }];
  expect(await findPublicAddress("sound.example", { ...STRICT, resolve: sound })).toEqual({
    address: { address: "93.184.216.34", family: 4 },
  });
  const none = async () => [];
  expect(await findPublicAddress("none.example", { ...STRICT, resolve: none })).toHaveProperty(
    "refused",
  );
});

test("the switch for this machine opens its own addresses and no others", async () => {
  const open = { allowLoopback: true };
  expect(await findPublicAddress("127.0.0.1", open)).toHaveProperty("address");
  expect(await findPublicAddress("[::1]", open)).toHaveProperty("address");
  expect(await findPublicAddress("169.254.169.254", open)).toHaveProperty("refused");
  expect(await findPublicAddress("10.0.0.1", open)).toHaveProperty("refused");
});

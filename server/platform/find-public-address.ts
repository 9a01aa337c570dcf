// Members choose where the portal sends webhooks, so an address may name a machine that only the portal can reach. A name
// is resolved once, here; when any of its addresses is not public nothing is sent, and what is sent goes to the very
// address that was checked, so that a name which changes its answer in between gains nothing.
import { lookup } from "node:dns/promises";
import { BlockList, isIP } from "node:net";

export type Address = { address: string; family: 4 | 6 };
export type FoundAddress = { address: Address } | { refused: string };

type Options = {
  /** For tests and for receivers on the same machine: this machine's own addresses count as public. */
  allowLoopback: boolean;
  resolve?: (host: string) => Promise<{ address: string }[]>;
};

/** IANA's registry of special-purpose addresses, and what is no single machine's address at all. */
const NOT_PUBLIC_4 = [
  "0.0.0.0/8",
  "10.0.0.0/8",
  "100.64.0.0/10",
  "127.0.0.0/8",
  "169.254.0.0/16",
  "172.16.0.0/12",
  "192.0.0.0/24",
  "192.0.2.0/24",
  "192.88.99.0/24",
  "192.168.0.0/16",
  "198.18.0.0/15",
  "198.51.100.0/24",
  "203.0.113.0/24",
  "224.0.0.0/4",
  "240.0.0.0/4",
];
/** Of version 6 only global unicast is public, and of that not what is set aside or wraps a version 4 address. */
const GLOBAL_6 = ["2000::/3"];
const NOT_PUBLIC_6 = ["2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20"];

const refused4 = listOf(NOT_PUBLIC_4, "ipv4");
const global6 = listOf(GLOBAL_6, "ipv6");
const refused6 = listOf(NOT_PUBLIC_6, "ipv6");
const loopback = listOf(["127.0.0.0/8"], "ipv4");

/** Whether anyone on the internet may be found there; private, local, metadata and reserved addresses are not. */
export function isPublicAddress(text: string): boolean {
  const address = plain(text);
  switch (isIP(address)) {
    case 4:
      return !refused4.check(address, "ipv4");
    case 6:
      return global6.check(address, "ipv6") && !refused6.check(address, "ipv6");
    default:
      return false;
  }
}

/** The address to connect to for a URL's host, or why there is none. */
export async function findPublicAddress(host: string, options: Options): Promise<FoundAddress> {
  const bare = host.replace(/^\[(.*)\]$/, "$1");
  const resolve = options.resolve ?? ((name: string) => lookup(name, { all: true }));
  const found = isIP(bare) === 0 ? await resolve(bare).catch(() => []) : [{ address: bare }];
  const [first] = found;
  if (first === undefined) {
    return { refused: `The name ${host} leads to no address.` };
  }
  const allowed = ({ address }: { address: string }) =>
    isPublicAddress(address) || (options.allowLoopback && isLoopback(address));
  if (!found.every(allowed)) {
    return { refused: `${host} leads to an address that is not public; nothing is sent there.` };
  }
  return { address: { address: first.address, family: isIP(first.address) === 4 ? 4 : 6 } };
}

function isLoopback(text: string): boolean {
  const address = plain(text);
  return address === "::1" || (isIP(address) === 4 && loopback.check(address, "ipv4"));
}

/** A version 4 address that comes dressed as version 6 is judged as what it is. */
function plain(address: string): string {
  return /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1] ?? address;
}

function listOf(networks: string[], family: "ipv4" | "ipv6"): BlockList {
  const list = new BlockList();
  for (const network of networks) {
    const [address = "", bits = ""] = network.split("/");
    list.addSubnet(address, Number(bits), family);
  }
  return list;
}

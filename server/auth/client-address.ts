// Whose address a request comes from. Headers that a proxy sets are believed only when the connection itself comes from
// a proxy that TRUSTED_PROXIES names; from everybody else they are taken away before anything reads them.
import type { IncomingMessage } from "node:http";
import { BlockList, isIP } from "node:net";

/** Set by the portal's process for everything behind it, Next included, which does not know the socket. */
const ADDRESS_HEADER = "x-portal-address";
const FORWARDED = [
  "forwarded",
  "x-forwarded-for",
  "x-forwarded-host",
  "x-forwarded-proto",
  "x-forwarded-port",
  "x-real-ip",
];

export type Proxies = { trusts(address: string): boolean };

/** Reads "127.0.0.1, 10.0.0.0/8, fd00::/8". Throws on anything that is no address or network. */
export function parseProxies(text: string): Proxies {
  const list = new BlockList();
  for (const part of text
    .split(",")
    .map((entry) => entry.trim())
    .filter((entry) => entry !== "")) {
    const [address = "", bits] = part.split("/", 2);
    const family = isIP(address);
    const most = family === 4 ? 32 : 128;
    if (family === 0 || (bits !== undefined && !(/^\d{1,3}$/.test(bits) && Number(bits) <= most))) {
      throw new Error(
        `TRUSTED_PROXIES holds "${part}", which is neither an address nor a network such as 10.0.0.0/8.`,
      );
    }
    list.addSubnet(
      address,
      bits === undefined ? most : Number(bits),
      family === 4 ? "ipv4" : "ipv6",
    );
  }
  return {
    trusts: (address) =>
      isIP(address) !== 0 && list.check(address, isIP(address) === 4 ? "ipv4" : "ipv6"),
  };
}

/** Settles, once and first of all, what the request's headers may say about who sent it and how. */
export function settleAddress(req: IncomingMessage, proxies: Proxies): void {
  const socket = plain(req.socket.remoteAddress ?? "");
  const trusted = proxies.trusts(socket);
  const address = trusted ? nearestStranger(req, socket, proxies) : socket;
  const host = trusted ? first(req.headers["x-forwarded-host"]) : undefined;
  const scheme = trusted ? first(req.headers["x-forwarded-proto"]) : undefined;
  for (const name of FORWARDED) {
    delete req.headers[name];
  }
  req.headers[ADDRESS_HEADER] = address;
  req.headers["x-forwarded-host"] = host ?? req.headers.host ?? "localhost";
  req.headers["x-forwarded-proto"] = scheme === "https" ? "https" : "http";
}

/** The address that `settleAddress` found; without it (a test of one gateway) the connection's own. */
export function addressOf(req: IncomingMessage): string {
  const settled = req.headers[ADDRESS_HEADER];
  return typeof settled === "string" ? settled : plain(req.socket.remoteAddress ?? "");
}

/** The same for the Fetch API's requests, which have no socket. */
export function addressFrom(headers: { get(name: string): string | null }): string {
  return headers.get(ADDRESS_HEADER) ?? "";
}

/** The last address in the chain that is not one of our proxies: what stands before it anybody can have written. */
function nearestStranger(req: IncomingMessage, socket: string, proxies: Proxies): string {
  const chain = [req.headers["x-forwarded-for"] ?? ""].flat().join(",").split(",");
  const hops = chain.map((hop) => plain(hop.trim())).filter((hop) => isIP(hop) !== 0);
  return hops.findLast((hop) => !proxies.trusts(hop)) ?? hops[0] ?? socket;
}

function first(header: string | string[] | undefined): string | undefined {
  const value = [header ?? ""].flat()[0]?.split(",")[0]?.trim();
  return value === "" ? undefined : value;
}

/** ::ffff:10.0.0.1 is 10.0.0.1. */
function plain(address: string): string {
  return address.startsWith("::ffff:") && isIP(address.slice(7)) === 4 ? address.slice(7) : address;
}

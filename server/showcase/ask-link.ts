import { request as plainRequest } from "node:http";
import { request as secureRequest } from "node:https";
import type { LookupFunction } from "node:net";
import { type Address, findPublicAddress } from "../platform/find-public-address.ts";

export type LinkAnswer = { state: "alive" | "dead" | "refused"; answer: string };

const TIMEOUT_MS = 10_000;
/** Redirects that are followed; each one's address is judged like the first. */
const MOST_HOPS = 4;

type Ask = { url: string; allowLoopback: boolean };

/** Asks whether an address still answers. Only public machines are asked, at the very address that was checked. */
export async function askLink({ url, allowLoopback }: Ask): Promise<LinkAnswer> {
  let at = url;
  for (let hop = 0; hop <= MOST_HOPS; hop++) {
    const target = URL.parse(at);
    if (target === null || !/^https?:$/.test(target.protocol)) {
      return { state: "refused", answer: "leads to something that is no web address" };
    }
    const found = await findPublicAddress(target.hostname, { allowLoopback });
    if ("refused" in found) {
      return { state: "refused", answer: found.refused };
    }
    try {
      const { status, location } = await ask(target, found.address);
      if (status < 300 || status >= 400 || location === undefined) {
        return { state: isAlive(status) ? "alive" : "dead", answer: String(status) };
      }
      at = new URL(location, target).href;
    } catch (error) {
      return { state: "dead", answer: (error as Error).message.slice(0, 200) };
    }
  }
  return { state: "dead", answer: `more than ${MOST_HOPS} redirects` };
}

/** Somebody is there: also one who wants a sign-in, forbids robots, or asks to come more slowly. */
function isAlive(status: number): boolean {
  return status < 400 || [401, 403, 405, 429].includes(status);
}

function ask(target: URL, address: Address): Promise<{ status: number; location?: string }> {
  const request = target.protocol === "https:" ? secureRequest : plainRequest;
  return new Promise((done, fail) => {
    const asked = request(
      target,
      {
        ...{ method: "GET", agent: false, lookup: pinned(address) },
        signal: AbortSignal.timeout(TIMEOUT_MS),
        headers: { "user-agent": "CPM-Live link check", accept: "*/*" },
      },
      (response) => {
        // The head says it all; no byte of the body is read.
        response.destroy();
        const { location } = response.headers;
        done({ status: response.statusCode ?? 0, ...(location === undefined ? {} : { location }) });
      },
    );
    asked.on("error", (error) =>
      fail(error.name === "AbortError" ? new Error(`no answer in ${TIMEOUT_MS / 1000} s`) : error),
    );
    asked.end();
  });
}

function pinned({ address, family }: Address): LookupFunction {
  return (_host, options, answer) =>
    options.all === true ? answer(null, [{ address, family }]) : answer(null, address, family);
}

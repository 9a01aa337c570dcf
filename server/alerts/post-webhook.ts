import { request as plainRequest } from "node:http";
import { request as secureRequest } from "node:https";
import type { LookupFunction } from "node:net";
import { type Address, findPublicAddress } from "../platform/find-public-address.ts";

/** What became of one message. `final`: trying again would not help. */
export type Posted = { delivered: boolean; answer: string; final?: true };

type Post = {
  url: string;
  body: string;
  headers: Record<string, string>;
  allowLoopback: boolean;
};

const TIMEOUT_MS = 10_000;
/** The receiver said that it is gone for good. */
const GONE = 410;

/** Sends a message to a member's address, if it is a public one. Follows no redirect and reads no answer but its status. */
export async function postWebhook({ url, body, headers, allowLoopback }: Post): Promise<Posted> {
  const target = new URL(url);
  const found = await findPublicAddress(target.hostname, { allowLoopback });
  if ("refused" in found) {
    return { delivered: false, answer: found.refused, final: true };
  }
  try {
    const status = await send(target, { body, headers, address: found.address });
    const delivered = status >= 200 && status < 300;
    const answer =
      status >= 300 && status < 400 ? `${status}: redirects are not followed` : `${status}`;
    return { delivered, answer, ...(status === GONE ? { final: true } : {}) };
  } catch (error) {
    return { delivered: false, answer: (error as Error).message.slice(0, 200) };
  }
}

type Sending = Pick<Post, "body" | "headers"> & { address: Address };

function send(target: URL, { body, headers, address }: Sending): Promise<number> {
  const request = target.protocol === "https:" ? secureRequest : plainRequest;
  return new Promise((done, fail) => {
    const asked = request(
      target,
      {
        method: "POST",
        agent: false,
        lookup: pinned(address),
        signal: AbortSignal.timeout(TIMEOUT_MS),
        headers: {
          ...headers,
          "content-type": "application/json; charset=utf-8",
          "content-length": Buffer.byteLength(body),
          "user-agent": "CPM-Live",
        },
      },
      (response) => {
        response.destroy();
        done(response.statusCode ?? 0);
      },
    );
    asked.on("error", (error) =>
      fail(
        error.name === "AbortError" ? new Error(`No answer within ${TIMEOUT_MS / 1000} s.`) : error,
      ),
    );
    asked.end(body);
  });
}

/** Answers with the address that was checked, whatever the name leads to by now. */
function pinned({ address, family }: Address): LookupFunction {
  return (_host, options, answer) => {
    if (options.all === true) {
      answer(null, [{ address, family }]);
    } else {
      answer(null, address, family);
    }
  };
}

import type { IncomingMessage } from "node:http";
import type { Route } from "./route.ts";

export type Found =
  | { kind: "nothing" }
  | { kind: "wrong method"; allow: string[] }
  | {
      kind: "route";
      route: Route;
      params: Record<string, string>;
      query: URLSearchParams;
      allow: string[];
    };

const OURS = /^\/(?:api\/v1(?:\/|$)|healthz$|readyz$)/;

/** `elsewhere`: addresses below ours whose GET another part of the process serves. */
type Table = { routes: Route[]; elsewhere: string[] };
type Place = { route: Route; params: Record<string, string> };

/** Looks a request up in the table. HEAD is served wherever GET is. `foreign`: not ours, the next part may have it. */
export function findRoute(
  { routes, elsewhere }: Table,
  req: IncomingMessage,
): Found | { kind: "foreign" } {
  const [path = "", ...search] = (req.url ?? "").split("?");
  if (!OURS.test(path)) {
    return { kind: "foreign" };
  }
  const places = routes.flatMap((route): Place[] => {
    const params = matchPath(route.path, path);
    return params === null ? [] : [{ route, params }];
  });
  if (places.length === 0) {
    const served = elsewhere.some((pattern) => matchPath(pattern, path) !== null);
    return served ? besideOurs(req) : { kind: "nothing" };
  }
  const allow = places.flatMap(({ route: { method } }) =>
    method === "GET" ? ["GET", "HEAD"] : [method],
  );
  allow.push("OPTIONS");
  const wanted = req.method === "HEAD" ? "GET" : req.method;
  const place =
    req.method === "OPTIONS" ? places[0] : places.find(({ route }) => route.method === wanted);
  return place === undefined
    ? { kind: "wrong method", allow }
    : { kind: "route", ...place, query: new URLSearchParams(search.join("?")), allow };
}

function besideOurs(req: IncomingMessage): Found | { kind: "foreign" } {
  const reads = req.method === "GET" || req.method === "HEAD";
  return reads ? { kind: "foreign" } : { kind: "wrong method", allow: ["GET"] };
}

/** The path's parameters, decoded; null when it does not fit. */
export function matchPath(pattern: string, path: string): Record<string, string> | null {
  const wanted = pattern.split("/");
  const given = path.split("/");
  if (wanted.length !== given.length) {
    return null;
  }
  const params: Record<string, string> = {};
  for (const [index, part] of wanted.entries()) {
    const value = given[index] ?? "";
    const name = /^\{(\w+)\}$/.exec(part)?.[1];
    if (name === undefined) {
      if (part !== value) {
        return null;
      }
    } else {
      params[name] = decode(value);
    }
  }
  return params;
}

/** A part that is not well-formed stays as it is, and then is no identifier or file name of ours. */
function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

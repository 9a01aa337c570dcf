// The ledger of who may call what: every procedure, route handler, API call and raw route, by everybody there is.
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fetchRequestHandler } from "@trpc/server/adapters/fetch";
import { pino } from "pino";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { routes as apiRoutes } from "#server/api/routes.ts";
import { type Actor, isRole, type Role } from "#server/auth/actor.ts";
import { type Access, admitAs } from "#server/auth/admit-as.ts";
import { readActor } from "#server/auth/read-actor.ts";
import { sessionCookie } from "#server/auth/session-cookie.ts";
import { createRawRoutes, type RawRoute } from "#server/raw-routes.ts";
import { appRouter } from "#server/root.ts";
import { type TestDatabase, testDatabase } from "#server/testing/database.ts";
import { createMember } from "#server/testing/members.ts";

const LATER = new Date(Date.now() + 86_400_000);

/** Everybody there is. */
const PEOPLE = {
  visitor: null,
  member: {},
  "other member": {},
  unverified: { verified: false },
  silenced: { silencedUntil: LATER },
  suspended: { suspendedUntil: LATER },
  volunteer: { roles: ["volunteer"] },
  engineer: { roles: ["engineer"] },
  "engineer without second factor": { roles: ["engineer"], twoFactor: false },
  "suspended admin": { roles: ["admin"], suspendedUntil: LATER },
  moderator: { roles: ["moderator"] },
  admin: { roles: ["admin"] },
} as const;
type Person = keyof typeof PEOPLE;
const people = Object.keys(PEOPLE) as Person[];

/** What each rule lets in, written out: the test must not ask the code under test. */
const MEMBERS: Person[] = people.filter((who) => who !== "visitor");
const ACTIVE = MEMBERS.filter((who) => who !== "suspended" && who !== "suspended admin");
const ADMITTED: Record<string, Person[]> = {
  public: people,
  entry: people,
  link: people,
  account: MEMBERS,
  member: ACTIVE,
  voice: ACTIVE.filter((who) => who !== "unverified" && who !== "silenced"),
};

function admitted(access: unknown): Person[] {
  if (typeof access === "string") {
    return ADMITTED[access] ?? [];
  }
  const roles = access as Role[];
  return people.filter((who) => roles.includes(who as Role));
}

const isRule = (access: unknown): boolean =>
  typeof access === "string"
    ? access in ADMITTED
    : Array.isArray(access) && access.length > 0 && access.every(isRole);

let database: TestDatabase;
let raw: ReturnType<typeof createRawRoutes>;
let server: Server;
let origin: string;
let folder: string;
const cookies = new Map<Person, string>();

beforeAll(async () => {
  database = await testDatabase();
  folder = mkdtempSync(join(tmpdir(), "cpm-live-walk-"));
  for (const who of people) {
    await signIn(who);
  }
  raw = createRawRoutes({
    ...database,
    dataDir: folder,
    databaseUrl: database.url,
    log: pino({ level: "silent" }),
  });
  server = createServer((req, res) => {
    void offer(raw.routes, 0);
    async function offer(routes: RawRoute[], index: number): Promise<void> {
      const route = routes[index];
      if (route === undefined) {
        res.writeHead(404).end("pages");
      } else if (!(await route.handle(req, res))) {
        await offer(routes, index + 1);
      }
    }
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  await raw.live.close();
  server.closeAllConnections();
  await new Promise((done) => server.close(done));
  await database.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Calls may end a session; whoever is to call gets a fresh one. */
async function signIn(who: Person): Promise<void> {
  const options = PEOPLE[who];
  if (options === null) {
    cookies.set(who, "");
    return;
  }
  const roles = "roles" in options ? [...options.roles] : [];
  const { secret } = await createMember(database.db, { ...options, roles });
  cookies.set(who, sessionCookie(secret, false).split(";")[0] ?? "");
}

const actorOf = (who: Person): Promise<Actor> =>
  readActor(database.pool, { cookie: cookies.get(who), address: "192.0.2.9", now: Date.now() });

type Declared = { _def: { type: "query" | "mutation"; meta?: { access?: unknown } } };
const procedures = Object.entries(
  appRouter._def.procedures as unknown as Record<string, Declared>,
).map(([name, { _def }]) => ({ name, type: _def.type, access: _def.meta?.access }));

/** An input that fits no schema: whoever is admitted is told that it is wrong, and nothing is changed. */
async function callProcedure(who: Person, { name, type }: (typeof procedures)[number]) {
  const path = `http://portal/api/trpc/${name}`;
  const wrong = JSON.stringify({ "no such field": 1 });
  const req = new Request(
    type === "query" ? `${path}?input=${encodeURIComponent(wrong)}` : path,
    type === "query"
      ? {}
      : { method: "POST", body: wrong, headers: { "content-type": "application/json" } },
  );
  const answer = await fetchRequestHandler({
    endpoint: "/api/trpc",
    req,
    router: appRouter,
    createContext: async () => ({
      db: database.db,
      pool: database.pool,
      clock: Date.now,
      log: pino({ level: "silent" }),
      actor: await actorOf(who),
      userAgent: "walk",
      cookie: "",
      secure: false,
      setHeader: () => undefined,
    }),
  });
  return { status: answer.status, text: await answer.text() };
}

describe("procedures", () => {
  test("each declares a rule that the ledger knows", () => {
    expect(procedures.filter(({ access }) => !isRule(access)).map(({ name }) => name)).toEqual([]);
    expect(procedures.length).toBeGreaterThan(30);
  });

  test.each(procedures)("$name lets in exactly whom it declares", async (procedure) => {
    const inside: Person[] = [];
    for (const who of people) {
      await signIn(who);
      const { status, text } = await callProcedure(who, procedure);
      // A limit or a wrong input is met behind the door only.
      const refused = status === 401 || status === 403;
      expect([who, status < 500 || status === 503, text]).toEqual([who, true, text]);
      if (!refused) {
        inside.push(who);
      }
    }
    expect(inside).toEqual(admitted(procedure.access));
  });
});

describe("the rules that handlers share", () => {
  const rules: Access[] = [
    "public",
    "account",
    "member",
    "voice",
    ["engineer"],
    ["moderator", "admin"],
  ];
  test.each(rules)("%s", async (rule) => {
    const inside: Person[] = [];
    for (const who of people) {
      await signIn(who);
      const actor = await actorOf(who);
      try {
        admitAs(rule, actor);
        inside.push(who);
      } catch {
        // Refused.
      }
    }
    expect(inside).toEqual(admitted(rule));
  });
});

const METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];
const handlerFiles = readdirSync(import.meta.dirname, { recursive: true, encoding: "utf8" })
  .filter((name) => /(^|\/)route\.tsx?$/.test(name))
  .sort();

/** What an address that we signed opens, without a session. */
const BY_LINK = ["api/unsubscribe/[token]/route.ts"];

test.each(handlerFiles)("%s declares for each of its methods who may call it", async (file) => {
  const module = (await import(join(import.meta.dirname, file))) as Record<
    string,
    { access?: unknown }
  >;
  const handlers = METHODS.filter((method) => method in module);
  expect(handlers.length).toBeGreaterThan(0);
  for (const method of handlers) {
    const access = module[method]?.access;
    expect([method, access === "procedures" || isRule(access)]).toEqual([method, true]);
    if (access === "public") {
      expect(method).toMatch(/^(GET|HEAD)$/);
    }
    expect(access === "link" && !BY_LINK.includes(file)).toBe(false);
  }
});

describe("outside of Next", () => {
  test("every raw route says whether all may call it or a table decides", () => {
    expect(raw.routes.map(({ name, access }) => `${name}: ${access}`)).toEqual([
      "live: public",
      "signals: public",
      "api: table",
      "hub: public",
      "telemetry: public",
      "prompts: public",
      "csp reports: public",
    ]);
    expect(
      apiRoutes.filter(({ access }) => !/^(public|ingest|control|read|download)$/.test(access)),
    ).toEqual([]);
  });

  test.each(apiRoutes)("API $id: no cookie opens what needs a token", async (route) => {
    const path = route.path.replaceAll(/\{\w+\}/g, "none");
    // Everybody here has one address, and failed tokens from one address are limited.
    await database.db.rateLimit.deleteMany();
    for (const who of people) {
      await signIn(who);
      const cookie = cookies.get(who) ?? "";
      const { status } = await fetch(origin + path, { method: route.method, headers: { cookie } });
      const open = route.access === "public";
      expect([who, status === 401]).toEqual([who, !open]);
      expect([who, status === 403]).toEqual([who, false]);
    }
  });

  test.each(["/api/v1/runs/none/live", "/api/models/none/none", "/none/none/resolve/main/a.bin"])(
    "%s answers everybody alike",
    async (path) => {
      const statuses = new Set<number>();
      for (const who of people) {
        const answer = await fetch(origin + path, { headers: { cookie: cookies.get(who) ?? "" } });
        statuses.add(answer.status);
      }
      expect([...statuses]).toEqual([404]);
    },
  );
});

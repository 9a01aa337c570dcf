import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { ACTION_LIMITS } from "#server/auth/limits.ts";
import { TOKEN_SCOPES } from "#server/auth/principal.ts";
import { TRUST_LEVELS } from "#server/auth/trust-levels.ts";
import { NOTIFICATION_KINDS } from "#server/notifications/contract.ts";
import { CATALOGUES } from "./catalogues.ts";

const { account, profile, refusal } = CATALOGUES.en;
const sorted = (names: Iterable<string>) => [...names].sort();

test("every limit, level, scope and kind of notification has its words", () => {
  const actions = Object.keys(ACTION_LIMITS).map((action) => action.replace(".", "-"));
  expect(sorted(Object.keys(profile.actionOf))).toEqual(sorted(actions));
  expect(Object.keys(profile.levelOf)).toEqual(TRUST_LEVELS.map(({ level }) => String(level)));
  expect(sorted(Object.keys(account.scopeOf))).toEqual(sorted(TOKEN_SCOPES));
  expect(sorted(Object.keys(account.kind))).toEqual(sorted(Object.keys(NOTIFICATION_KINDS)));
});

test("every reason that accounts are refused for has its sentence, and no sentence is for nothing", () => {
  const root = join(import.meta.dirname, "../server");
  const code = ["auth", "members", "platform"]
    .flatMap((folder) =>
      readdirSync(join(root, folder))
        .filter((name) => name.endsWith(".ts") && !name.includes(".test."))
        .map((name) => readFileSync(join(root, folder, name), "utf8")),
    )
    .join("\n");
  const reasons = [...code.matchAll(/reason: "([a-z-]+)"/g)].map(([, reason]) => reason ?? "");
  const said = Object.keys(refusal).filter(
    (name) => !/^(field-|other$|wait$|too-many-(links|images)$)/.test(name),
  );
  expect(sorted(new Set(reasons.filter((reason) => reason !== "")))).toEqual(sorted(said));
});

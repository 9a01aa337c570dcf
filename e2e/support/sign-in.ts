import type { BrowserContext } from "playwright-core";
import { sessionCookieName } from "#server/auth/session-cookie.ts";
import type { Portal } from "./portal.ts";

/** Puts a session's cookie into a browser; `secret` comes with `createMember`. */
export async function signIn(
  context: BrowserContext,
  portal: Portal,
  { secret }: { secret: string },
): Promise<void> {
  await context.addCookies([{ name: sessionCookieName(false), value: secret, url: portal.url }]);
}

// GitHub as a way to prove who one is: OAuth 2 with state and PKCE, then the account's number and confirmed addresses.
import * as oauth from "oauth4webapi";
import { z } from "zod";
import { AppError } from "../platform/errors.ts";
import { log } from "../platform/log.ts";

export type GithubApp = {
  clientId: string;
  clientSecret: string;
  url: string;
  apiUrl: string;
  /** Where GitHub sends the browser back to. */
  redirectUri: string;
};

export const GithubFlow = z.object({ state: z.string(), verifier: z.string() });
export type GithubFlow = z.infer<typeof GithubFlow>;

/** Whom GitHub vouches for; the address is confirmed there. */
export const GithubIdentity = z.object({
  githubId: z.string(),
  login: z.string(),
  email: z.string().nullable(),
});
export type GithubIdentity = z.infer<typeof GithubIdentity>;

const PATIENCE_MS = 10_000;
const SCOPES = "read:user user:email";

const User = z.object({ id: z.int(), login: z.string() });
const Emails = z.array(
  z.object({ email: z.string(), primary: z.boolean(), verified: z.boolean() }),
);

type Settings = {
  GITHUB_CLIENT_ID?: string | undefined;
  GITHUB_CLIENT_SECRET?: string | undefined;
  GITHUB_URL: string;
  GITHUB_API_URL: string;
};

/** The app that the settings name; null when they name none. */
export function githubApp(env: Settings, origin: string): GithubApp | null {
  const { GITHUB_CLIENT_ID: clientId, GITHUB_CLIENT_SECRET: clientSecret } = env;
  if (clientId === undefined || clientSecret === undefined) {
    return null;
  }
  const [url, apiUrl] = [env.GITHUB_URL, env.GITHUB_API_URL].map((text) => text.replace(/\/$/, ""));
  return {
    clientId,
    clientSecret,
    url: url ?? "",
    apiUrl: apiUrl ?? "",
    redirectUri: `${origin}/sign-in/github`,
  };
}

/** Where to send the browser, and what it must bring back. */
export async function startGithub(app: GithubApp): Promise<{ url: string; flow: GithubFlow }> {
  const flow = {
    state: oauth.generateRandomState(),
    verifier: oauth.generateRandomCodeVerifier(),
  };
  const url = new URL(`${app.url}/login/oauth/authorize`);
  url.search = new URLSearchParams({
    client_id: app.clientId,
    redirect_uri: app.redirectUri,
    response_type: "code",
    scope: SCOPES,
    state: flow.state,
    code_challenge: await oauth.calculatePKCECodeChallenge(flow.verifier),
    code_challenge_method: "S256",
  }).toString();
  return { url: url.href, flow };
}

/** Trades what the browser brought back for the identity behind it. Throws `unauthorized` when GitHub does not vouch. */
export async function askGithub(
  app: GithubApp,
  { flow, code, state }: { flow: GithubFlow; code: string; state: string },
): Promise<GithubIdentity> {
  try {
    const token = await trade(app, { flow, code, state });
    const user = User.parse(await read(`${app.apiUrl}/user`, token));
    const emails = Emails.parse(await read(`${app.apiUrl}/user/emails`, token));
    const own = emails.find(({ primary, verified }) => primary && verified);
    return { githubId: String(user.id), login: user.login, email: own?.email ?? null };
  } catch (error) {
    log.warn({ err: error }, "GitHub did not vouch for a sign-in.");
    throw new AppError("unauthorized", "GitHub did not confirm this sign-in. Start it again.", {
      cause: error,
      details: { reason: "github-refused" },
    });
  }
}

async function trade(
  app: GithubApp,
  { flow, code, state }: { flow: GithubFlow; code: string; state: string },
): Promise<string> {
  const server = {
    issuer: app.url,
    authorization_endpoint: `${app.url}/login/oauth/authorize`,
    token_endpoint: `${app.url}/login/oauth/access_token`,
  };
  const client = { client_id: app.clientId };
  const brought = new URLSearchParams({ code, state });
  const parameters = oauth.validateAuthResponse(server, client, brought, flow.state);
  const response = await oauth.authorizationCodeGrantRequest(
    server,
    client,
    oauth.ClientSecretPost(app.clientSecret),
    parameters,
    app.redirectUri,
    flow.verifier,
    {
      signal: AbortSignal.timeout(PATIENCE_MS),
      [oauth.allowInsecureRequests]: app.url.startsWith("http:"),
    },
  );
  const answer = await oauth.processAuthorizationCodeResponse(server, client, response);
  return answer.access_token;
}

async function read(url: string, token: string): Promise<unknown> {
  const answer = await fetch(url, {
    headers: {
      authorization: `Bearer ${token}`,
      accept: "application/vnd.github+json",
      "user-agent": "CPM-Live",
    },
    signal: AbortSignal.timeout(PATIENCE_MS),
  });
  if (!answer.ok) {
    throw new Error(`${url} answers ${answer.status}.`);
  }
  return await answer.json();
}

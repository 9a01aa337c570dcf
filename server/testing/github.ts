// A server that speaks like GitHub, for tests of signing in through it: it asks nobody and remembers what it was sent.
import { createHash, randomUUID } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";

export type GithubUser = {
  id: number;
  login: string;
  emails: { email: string; primary: boolean; verified: boolean }[];
};

export type MockGithub = {
  url: string;
  /** Who comes back from the next sign-in. */
  user: GithubUser;
  close(): Promise<void>;
};

export const GITHUB_CLIENT = { id: "test-client", secret: "test-secret" };

type Asked = { challenge: string; redirectUri: string; user: GithubUser };

export async function mockGithub(user: GithubUser): Promise<MockGithub> {
  const codes = new Map<string, Asked>();
  const tokens = new Map<string, GithubUser>();
  const mock = { url: "", user };
  const authorize = (url: URL, res: ServerResponse) => {
    const code = randomUUID();
    const sent = (name: string) => url.searchParams.get(name) ?? "";
    const redirectUri = sent("redirect_uri");
    codes.set(code, { challenge: sent("code_challenge"), redirectUri, user: mock.user });
    const back = new URL(redirectUri);
    back.search = new URLSearchParams({ code, state: sent("state") }).toString();
    res.writeHead(302, { location: back.href }).end();
  };
  const giveToken = async (req: IncomingMessage, res: ServerResponse) => {
    const token = trade(codes, new URLSearchParams(await text(req)));
    if (token === null) {
      // As GitHub does: 200, and an error in the body.
      json(res, 200, { error: "bad_verification_code" });
      return;
    }
    tokens.set(token.secret, token.user);
    json(res, 200, { access_token: token.secret, token_type: "bearer", scope: "read:user" });
  };
  const server = createServer((req, res) => {
    const url = new URL(req.url ?? "/", mock.url);
    if (url.pathname === "/login/oauth/authorize") {
      authorize(url, res);
    } else if (url.pathname === "/login/oauth/access_token") {
      void giveToken(req, res);
    } else {
      const found = tokens.get((req.headers.authorization ?? "").replace(/^Bearer /, ""));
      const { emails, ...account } = found ?? { emails: [] };
      json(
        res,
        found === undefined ? 401 : 200,
        url.pathname === "/user/emails" ? emails : account,
      );
    }
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  mock.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return Object.assign(mock, {
    close: async () => {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  });
}

function json(res: ServerResponse, status: number, value: unknown): void {
  res.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(value));
}

/** One use of a code, by the client it was given to, with the verifier of its challenge. */
function trade(codes: Map<string, Asked>, sent: URLSearchParams) {
  const code = sent.get("code") ?? "";
  const asked = codes.get(code);
  codes.delete(code);
  const verifier = sent.get("code_verifier") ?? "";
  const challenge = createHash("sha256").update(verifier).digest("base64url");
  const right =
    asked !== undefined &&
    asked.challenge === challenge &&
    asked.redirectUri === sent.get("redirect_uri") &&
    sent.get("client_id") === GITHUB_CLIENT.id &&
    sent.get("client_secret") === GITHUB_CLIENT.secret;
  return right ? { secret: randomUUID(), user: asked.user } : null;
}

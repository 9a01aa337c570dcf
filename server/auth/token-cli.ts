// npm run token -- create | list | revoke: the only place where tokens are made and ended.
import { parseArgs } from "node:util";
import { sharedDb } from "../platform/db.ts";
import { AppError } from "../platform/errors.ts";
import { createToken } from "./create-token.ts";
import { listTokens } from "./list-tokens.ts";
import { TOKEN_SCOPES, type TokenScope } from "./principal.ts";
import { revokeToken } from "./revoke-token.ts";

const HELP = `Tokens for programs that report a training or steer one.

  npm run token -- create --scope ingest [--project P] [--run ID] [--label L]
      Prints a new token once; only its hash is kept. Scopes: ingest (report a run), control (send commands
      to a trainer). Without --project and --run it is good for every project.
  npm run token -- list
  npm run token -- revoke ID
`;

const PROJECT = /^[a-z0-9][a-z0-9-]{0,62}$/;

process.exitCode = await main(process.argv.slice(2));
await sharedDb().$disconnect();

async function main(args: string[]): Promise<number> {
  try {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: {
        scope: { type: "string" },
        project: { type: "string" },
        run: { type: "string" },
        label: { type: "string" },
        help: { type: "boolean", short: "h" },
      },
    });
    const [verb, id, ...more] = positionals;
    if (values.help === true || verb === undefined) {
      console.log(HELP);
      return values.help === true ? 0 : 1;
    }
    if (verb === "create" && id === undefined) {
      return await create({ ...values, scope: values.scope });
    }
    if (verb === "list" && id === undefined) {
      return await list();
    }
    if (verb === "revoke" && id !== undefined && more.length === 0) {
      await revokeToken(sharedDb(), { id, now: Date.now() });
      console.error(`Token ${id} is revoked.`);
      return 0;
    }
    throw new AppError("bad_request", `Not understood: ${positionals.join(" ")}\n\n${HELP}`);
  } catch (error) {
    console.error(
      isArgumentError(error) ? `${error.message}\n\n${HELP}` : (error as Error).message,
    );
    return 1;
  }
}

type CreateFlags = {
  scope: string | undefined;
  project?: string | undefined;
  run?: string | undefined;
  label?: string | undefined;
};

async function create({ scope, project, run, label }: CreateFlags): Promise<number> {
  if (!isScope(scope)) {
    throw new AppError(
      "bad_request",
      `Say what the token is for: --scope ${TOKEN_SCOPES.join("|")}`,
    );
  }
  if (project !== undefined && !PROJECT.test(project)) {
    throw new AppError(
      "bad_request",
      "A project is 1 to 63 of a-z, 0-9 and -, beginning with a letter or digit.",
    );
  }
  const { id, secret } = await createToken(sharedDb(), { scope, project, run, label });
  // The secret alone goes to standard output, so that TOKEN=$(npm run -s token -- create …) works.
  console.error(`Token ${id} (${scope}). It is shown only now:`);
  console.log(secret);
  return 0;
}

async function list(): Promise<number> {
  const tokens = await listTokens(sharedDb());
  for (const token of tokens) {
    const bound = token.runId ?? token.projectId ?? "every project";
    const used =
      token.lastUsedAt === null ? "never used" : `used ${token.lastUsedAt.toISOString()}`;
    const state = token.revokedAt === null ? used : `revoked ${token.revokedAt.toISOString()}`;
    console.log([token.id, token.scope, bound, state, token.label].join("\t").trimEnd());
  }
  if (tokens.length === 0) {
    console.error("There are no tokens yet. Make one: npm run token -- create --scope ingest");
  }
  return 0;
}

function isScope(scope: string | undefined): scope is TokenScope {
  return (TOKEN_SCOPES as readonly (string | undefined)[]).includes(scope);
}

function isArgumentError(error: unknown): error is Error {
  const code = (error as { code?: unknown }).code;
  return typeof code === "string" && code.startsWith("ERR_PARSE_ARGS");
}

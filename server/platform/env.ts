import { resolve } from "node:path";
import { z } from "zod";

const Env = z.object({
  NODE_ENV: z.enum(["development", "production", "test"]).default("production"),
  /** Absent or empty: there is none, as while the pages are built. */
  DATABASE_URL: z
    .string()
    .optional()
    .transform((url) => (url === "" ? undefined : url)),
  /** Everything the portal keeps outside the database: blobs, uploads, the embedded cluster. */
  DATA_DIR: z.string().default(".data"),
  /** Where the built pages lie: the build itself, or the starter's copy of it. */
  PAGES_DIR: z.string().default(".next"),
  PORT: z.coerce.number().int().min(0).max(65_535).default(3000),
  HOST: z.string().default("0.0.0.0"),
  /** The address under which visitors reach the portal; absent: taken from each request. */
  PUBLIC_URL: z.url().optional(),
  /** Addresses and networks of proxies whose X-Forwarded headers are believed: "127.0.0.1, 10.0.0.0/8". */
  TRUSTED_PROXIES: z.string().default(""),
  /** The mail server, as smtps://USER:PASSWORD@HOST; absent: mails are written to DATA_DIR/mail. */
  SMTP_URL: z.url({ protocol: /^smtps?$/ }).optional(),
  MAIL_FROM: z.string().default("CPM-Live <no-reply@localhost>"),
  /** An OAuth app of GitHub's, whose callback is PUBLIC_URL/sign-in/github; absent: nobody signs in through GitHub. */
  GITHUB_CLIENT_ID: z.string().min(1).optional(),
  GITHUB_CLIENT_SECRET: z.string().min(1).optional(),
  /** Another server that speaks like GitHub: an enterprise's own, or a test's. */
  GITHUB_URL: z.url().default("https://github.com"),
  GITHUB_API_URL: z.url().default("https://api.github.com"),
  /** Days of final comment on an initiative. */
  INITIATIVE_COMMENT_DAYS: z.coerce.number().min(0).max(365).default(10),
  /** GPU hours that may be approved from Monday to Sunday. */
  INITIATIVE_GPU_HOURS: z.coerce.number().min(0).default(200),
  /** Seconds between two looks at the trials of initiatives. */
  INITIATIVE_WATCH_SECONDS: z.coerce.number().min(0.2).max(3_600).default(10),
  /** Whose weights need the licence: no checkpoint's (open), those that a release was made from (released), all. */
  CHECKPOINT_GATE: z.enum(["open", "released", "all"]).default("released"),
  /** Lines of a trainer's console that are kept for each run. */
  CONSOLE_LINES: z.coerce.number().int().min(100).default(200_000),
  /** Lets members' webhooks reach receivers on the portal's own machine: for tests, and where every member is trusted. */
  WEBHOOKS_TO_LOOPBACK: z.stringbool().default(false),
  /** What /metrics wants as a bearer token; absent: anyone may read these numbers. */
  METRICS_TOKEN: z.string().min(8).optional(),
  LOG_LEVEL: z.enum(["trace", "debug", "info", "warn", "error", "silent"]).default("info"),
});

export type Env = Omit<z.infer<typeof Env>, "DATA_DIR"> & { DATA_DIR: string };

/** The process's settings, read once. Throws with each wrong variable's name and what it should be. */
export function readEnv(): Env {
  const parsed = Env.safeParse(process.env);
  if (!parsed.success) {
    throw new Error(`Wrong settings in the environment:\n${z.prettifyError(parsed.error)}`);
  }
  return { ...parsed.data, DATA_DIR: resolve(parsed.data.DATA_DIR) };
}

/** The database's address. Throws when there is none. */
export function databaseUrl(): string {
  const url = readEnv().DATABASE_URL;
  if (url === undefined) {
    throw new Error(
      "DATABASE_URL is not set. Start through `npm start` or `npm run dev`, which bring their own database.",
    );
  }
  return url;
}

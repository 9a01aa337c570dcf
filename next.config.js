import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import createNextIntlPlugin from "next-intl/plugin";

const withMessages = createNextIntlPlugin("./app/request-config.ts");

/** @type {import('next').NextConfig} */
const config = {
  // Where the build lies. A portal serves from a copy of its own, so that the next build takes no file from under it.
  // biome-ignore lint/style/noProcessEnv: Next reads this file before any of ours.
  distDir: process.env.PAGES_DIR || ".next",
  poweredByHeader: false,
  reactStrictMode: true,
  // `npm run check` is where types are checked; a first start on a bare machine need not wait for them again.
  typescript: { ignoreBuildErrors: true },
  serverExternalPackages: [
    "pg",
    "pino",
    "@prisma/adapter-pg",
    "@node-rs/xxhash",
    "@node-rs/argon2",
    "pg-boss",
  ],
  experimental: { globalNotFound: true },
  turbopack: { root: dirname(fileURLToPath(import.meta.url)) },
  allowedDevOrigins: ["127.0.0.1"],
};

export default withMessages(config);

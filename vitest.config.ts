import { defineConfig } from "vitest/config";

const serverOnly = {
  "server-only": new URL("./server/testing/empty.ts", import.meta.url).pathname,
};
const shared = { resolve: { alias: serverOnly } };

export default defineConfig({
  test: {
    projects: [
      {
        ...shared,
        test: {
          name: "unit",
          include: ["{app,components,server,trainer,prisma,bench}/**/*.test.{ts,tsx}"],
          exclude: ["**/*.db.test.ts", "**/node_modules/**"],
          testTimeout: 60_000,
        },
      },
      {
        ...shared,
        test: {
          name: "db",
          include: ["{app,server,prisma,trainer,bench}/**/*.db.test.ts"],
          globalSetup: ["server/testing/postgres-setup.ts"],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        ...shared,
        test: {
          name: "e2e",
          include: ["e2e/**/*.spec.ts"],
          globalSetup: ["server/testing/postgres-setup.ts"],
          fileParallelism: false,
          expect: { poll: { timeout: 30_000, interval: 100 } },
          testTimeout: 240_000,
          hookTimeout: 240_000,
        },
      },
    ],
  },
});

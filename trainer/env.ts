import { z } from "zod";

const TrainerEnv = z.object({
  CPM_PORTAL_URL: z.url().optional(),
  CPM_PORTAL_TOKEN: z.string().min(1).optional(),
  DATA_DIR: z.string().min(1).default(".data"),
});

/** The trainer's environment; the only place of the trainer that reads process.env. Empty means absent. */
export function readEnv(source: Record<string, string | undefined> = process.env): {
  portalUrl: string | undefined;
  portalToken: string | undefined;
  dataDir: string;
} {
  const filled = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== ""));
  const env = TrainerEnv.parse(filled);
  return {
    portalUrl: env.CPM_PORTAL_URL,
    portalToken: env.CPM_PORTAL_TOKEN,
    dataDir: env.DATA_DIR,
  };
}

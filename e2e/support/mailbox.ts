import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import type { Portal } from "./portal.ts";

const PATIENCE_MS = 30_000;

/** The address that the newest mail to somebody leads to; waits for one that is newer than `since`. */
export async function mailedLink(portal: Portal, to: string, since = 0): Promise<string> {
  const folder = join(portal.dataDir, "mail");
  for (const deadline = Date.now() + PATIENCE_MS; Date.now() < deadline; ) {
    const names = await readdir(folder).catch(() => []);
    for (const name of names) {
      const path = join(folder, name);
      const { mtimeMs } = await stat(path);
      // Lines of a mail are broken with =.
      const text = (await readFile(path, "utf8")).replaceAll(/=\r?\n/g, "").replaceAll("=3D", "=");
      const link = /https?:\/\/\S+/.exec(text)?.[0];
      if (mtimeMs >= since && text.includes(`To: ${to}`) && link !== undefined) {
        return link;
      }
    }
    await new Promise((done) => setTimeout(done, 200));
  }
  throw new Error(`No mail came to ${to}.`);
}

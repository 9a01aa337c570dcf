import { readdirSync } from "node:fs";
import { join } from "node:path";
import { root } from "./process.ts";

/** Every page's path without its language, as the folders below app/[locale] say; parts of an address are `[named]`. */
export function pagePaths(): string[] {
  const folder = join(root, "app/[locale]");
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => /(^|\/)page\.tsx$/.test(name) && !name.includes("[..."))
    .map((name) => `/${name.replace(/\/?page\.tsx$/, "")}`)
    .sort();
}

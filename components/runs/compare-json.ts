import { flattenConfig } from "./flatten-config.ts";

export type ChangedSetting = { name: string; before: string | null; after: string | null };

/** What moves with every step says nothing about the settings. */
const MOVING = /^(sha256|state)(\.|\[|$)/;

/** The settings that two versions of a JSON file do not share; `null` where one has no such setting. */
export function compareJson(before: unknown, after: unknown): ChangedSetting[] {
  const [old, young] = [tableOf(before), tableOf(after)];
  return [...new Set([...old.keys(), ...young.keys()])]
    .filter((name) => !MOVING.test(name) && old.get(name) !== young.get(name))
    .map((name) => ({ name, before: old.get(name) ?? null, after: young.get(name) ?? null }));
}

function tableOf(json: unknown): Map<string, string> {
  const record = typeof json === "object" && json !== null ? (json as Record<string, unknown>) : {};
  return new Map(flattenConfig(record).map(({ name, value }) => [name, value]));
}

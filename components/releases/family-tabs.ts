/** The parts of a model's page; each has its own address. */
export const TABS = ["card", "files", "checkpoints", "evaluations", "initiatives", "use"] as const;
export type Tab = (typeof TABS)[number];

export const isTab = (text: unknown): text is Tab => (TABS as readonly unknown[]).includes(text);

type Place = { family: string; version?: string | undefined; tab?: Tab | undefined };

/** The address of a part; the card of the release that is offered now is the plain one. */
export function familyHref({ family, version, tab }: Place): string {
  const query = new URLSearchParams();
  if (version !== undefined) {
    query.set("release", version);
  }
  if (tab !== undefined && tab !== "card") {
    query.set("tab", tab);
  }
  return `/models/${family}${query.size === 0 ? "" : `?${query}`}`;
}

/** The wall and the curve leave these to the layers' own picture: there are hundreds of them. */
export const isLayerKey = (key: string): boolean => key.startsWith("layer/");

export type StatGroup = { name: string; stats: { id: string; tensor: string }[] };

/** Statistics such as `q/grad_std`, by their last part; one without a tensor stands alone under its own name. */
export function groupStats(stats: readonly string[]): StatGroup[] {
  const groups = new Map<string, StatGroup["stats"]>();
  for (const id of stats) {
    const slash = id.lastIndexOf("/");
    const name = slash < 0 ? id : id.slice(slash + 1);
    const tensor = slash < 0 ? id : id.slice(0, slash);
    groups.set(name, [...(groups.get(name) ?? []), { id, tensor }]);
  }
  return [...groups].map(([name, members]) => ({ name, stats: members }));
}

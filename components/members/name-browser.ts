/** Ordered: many browsers also call themselves by the names further down. */
const BROWSERS = [
  ["Edg/", "Edge"],
  ["OPR/", "Opera"],
  ["Firefox/", "Firefox"],
  ["Chrome/", "Chrome"],
  ["Safari/", "Safari"],
] as const;
const SYSTEMS = [
  ["Android", "Android"],
  ["iPhone", "iPhone"],
  ["iPad", "iPad"],
  ["Windows", "Windows"],
  ["Mac OS", "macOS"],
  ["Linux", "Linux"],
] as const;

/** "Firefox, Linux" out of what a browser says of itself; null when it says nothing that people know. */
export function nameBrowser(userAgent: string): string | null {
  const names = [BROWSERS, SYSTEMS].flatMap((list) => {
    const found = list.find(([mark]) => userAgent.includes(mark));
    return found === undefined ? [] : [found[1]];
  });
  return names.length === 0 ? null : names.join(", ");
}

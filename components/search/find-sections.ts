/** The site's parts by the names that the frame has for them. */
const SECTIONS = [
  ["liveRun", "/"],
  ["runs", "/runs"],
  ["models", "/models"],
  ["initiatives", "/initiatives"],
  ["forum", "/forum"],
  ["showcase", "/showcase"],
  ["data", "/data"],
  ["plan", "/plan"],
  ["support", "/support"],
  ["licence", "/licence"],
  ["risks", "/risks"],
  ["decisions", "/decisions"],
  ["moderation", "/moderation"],
  ["members", "/members"],
  ["apiPage", "/api"],
] as const;

type Name = (typeof SECTIONS)[number][0];
type Section = { url: string; title: string; excerpt: string };

const MOST = 4;

/** Sections whose name holds what is typed. */
export function findSections(typed: string, nameOf: (name: Name) => string): Section[] {
  const sought = typed.toLowerCase();
  return sought === ""
    ? []
    : SECTIONS.map(([name, url]) => ({ url, title: nameOf(name), excerpt: "" }))
        .filter(({ title }) => title.toLowerCase().includes(sought))
        .slice(0, MOST);
}

/** A piece of a section: Markdown, or the place of a figure. */
export type PlanPart = { text: string } | { figure: string };
export type PlanSection = { id: string; heading: string; parts: PlanPart[] };
export type PlanText = { title: string; lede: string; sections: PlanSection[] };

const TITLE = /^# (.+)$/;
const SECTION = /^## (.+?) \{#([a-z0-9-]+)\}$/;
const FIGURE = /^::([a-z-]+)::$/;

/**
 * A page of the plan from its Markdown: `# Title`, the lede, and sections `## Heading {#anchor}`, the anchor being the
 * same in every language. `::name::` on a line of its own is the place of a figure.
 */
export function readPlanText(markdown: string): PlanText {
  const [head = "", ...blocks] = markdown.trim().split(/^(?=## )/m);
  const [first = "", ...rest] = head.split("\n");
  const title = TITLE.exec(first)?.[1];
  if (title === undefined) {
    throw new Error(`A page of the plan begins with "# Title", not with "${first}".`);
  }
  return { title, lede: rest.join("\n").trim(), sections: blocks.map(readSection) };
}

function readSection(block: string): PlanSection {
  const [first = "", ...lines] = block.split("\n");
  const [, heading, id] = SECTION.exec(first) ?? [];
  if (heading === undefined || id === undefined) {
    throw new Error(`A section of the plan begins with "## Heading {#anchor}", not "${first}".`);
  }
  return { id, heading, parts: readParts(lines) };
}

function readParts(lines: readonly string[]): PlanPart[] {
  const parts: PlanPart[] = [];
  let text: string[] = [];
  const close = () => {
    const said = text.join("\n").trim();
    text = [];
    if (said !== "") {
      parts.push({ text: said });
    }
  };
  for (const line of lines) {
    const figure = FIGURE.exec(line)?.[1];
    if (figure === undefined) {
      text.push(line);
    } else {
      close();
      parts.push({ figure });
    }
  }
  close();
  return parts;
}

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { PLAN_FIGURES } from "#components/plan/plan-figures.ts";
import { isPlanPage, PLAN_PAGES } from "#components/plan/plan-pages.ts";
import type { PlanText } from "#components/plan/read-plan-text.ts";
import { planText } from "./plan-text.ts";

const FOLDER = join(process.cwd(), "messages", "plan");

/** What both languages must share: anchors, places of figures, headings within the text. */
function skeleton({ sections }: PlanText) {
  return sections.map(({ id, parts }) => ({
    id,
    parts: parts.map((part) =>
      "figure" in part ? `::${part.figure}::` : (part.text.match(/^#+(?= )/gm) ?? []).join(),
    ),
  }));
}

const figuresOf = ({ sections }: PlanText) =>
  sections.flatMap(({ parts }) => parts.flatMap((part) => ("figure" in part ? part.figure : [])));

const linksOf = (markdown: string) =>
  [...markdown.matchAll(/\]\(\/([^)\s]*)\)/g)].map(([, link = ""]) => link);

/** Pages outside the plan that its texts point at. */
const ELSEWHERE = ["runs", "api"];

function readBoth(page: string): { en: string; zh: string } {
  const read = (locale: string) => readFileSync(join(FOLDER, `${page}.${locale}.md`), "utf8");
  return { en: read("en"), zh: read("zh") };
}

describe("the texts of the plan", () => {
  it("are the pages of the plan in both languages, and nothing else", () => {
    const wanted = PLAN_PAGES.flatMap((page) => [`${page}.en.md`, `${page}.zh.md`]);
    expect(readdirSync(FOLDER).sort()).toEqual(wanted.sort());
  });

  it.each(PLAN_PAGES)("say %s under the same headings in both languages", async (page) => {
    const [en, zh] = [await planText(page, "en"), await planText(page, "zh")];
    expect(skeleton(zh)).toEqual(skeleton(en));
    expect(en.lede).not.toBe("");
    expect(zh.lede).not.toBe("");
  });

  it("show every figure, and only figures that there are", async () => {
    const texts = await Promise.all(PLAN_PAGES.map((page) => planText(page, "en")));
    expect(texts.flatMap(figuresOf).sort()).toEqual([...PLAN_FIGURES].sort());
  });

  it.each(PLAN_PAGES)(
    "link from %s to places that exist, the same in both languages",
    async (page) => {
      const { en, zh } = readBoth(page);
      expect(linksOf(zh).sort()).toEqual(linksOf(en).sort());
      for (const link of linksOf(en)) {
        const [path = "", anchor] = link.split("#");
        const target = path === "plan" ? "overview" : path.replace(/^plan\//, "");
        if (!isPlanPage(target)) {
          expect(ELSEWHERE).toContain(path);
        } else if (anchor !== undefined) {
          const { sections } = await planText(target, "en");
          expect(sections.map(({ id }) => id)).toContain(anchor);
        }
      }
    },
  );

  it.each(PLAN_PAGES)("write %s in Chinese with Chinese marks and spaces around Latin", (page) => {
    const shown = readBoth(page)
      .zh.replaceAll(/```[\s\S]*?```|\{#[^}]*\}/g, "")
      .replaceAll(/\[([^\]]*)\]\([^)]*\)/g, "$1")
      .replaceAll(/\*\*/g, "");
    expect(shown.match(/.{0,8}(?:[一-龥][,.;!?](?!\w)|！).{0,8}/g)).toBeNull();
    expect(shown.match(/.{0,8}(?:[一-龥][A-Za-z0-9]|[A-Za-z0-9][一-龥]).{0,8}/g)).toBeNull();
  });
});

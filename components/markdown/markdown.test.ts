import { renderToStaticMarkup } from "react-dom/server";
import { MarkdownAsync } from "react-markdown";
import { describe, expect, test } from "vitest";
import { mentionedNames } from "#server/markdown/contract.ts";
import { highlightCode } from "./highlight-code.ts";
import { markdownSteps } from "./markdown-steps.ts";

/** The same steps as the page's, without the parts that need a page around them. */
async function draw(children: string): Promise<string> {
  const steps = markdownSteps({ prefix: "p1-", host: "portal.test" });
  const rehypePlugins = [...steps.rehypePlugins, highlightCode];
  return renderToStaticMarkup(await MarkdownAsync({ ...steps, rehypePlugins, children }));
}

describe("a member's text", () => {
  test("shows HTML as the text that it is", async () => {
    const html = await draw("<script>alert(1)</script> <img src=x onerror=alert(1)>");
    expect(html).not.toMatch(/<(script|img)/);
    expect(html).toContain("&lt;img");
  });
  test("keeps no address that runs", async () => {
    for (const href of ["javascript:alert(1)", "data:text/html,x", "vbscript:x", "JaVaScRiPt:x"]) {
      expect(await draw(`[a](${href})`)).not.toMatch(/href="(?!")/);
    }
  });
  test("marks links that leave, and only those", async () => {
    expect(await draw("[a](https://else.test/x)")).toContain(
      'rel="nofollow ugc noopener noreferrer"',
    );
    expect(await draw("[a](//else.test/x)")).toContain("nofollow");
    expect(await draw("[a](/forum)")).not.toContain("rel=");
    expect(await draw("[a](https://portal.test/forum)")).not.toContain("rel=");
  });
  test("shows pictures of our own store only", async () => {
    expect(await draw("![a](https://else.test/a.png)")).not.toContain("<img");
    expect(await draw(`![a](/api/images/${"0".repeat(64)}.webp)`)).toContain("<img");
  });
  test("typesets allowed formulas and shows the source of others", async () => {
    expect(await draw("$\\frac{a}{b}$")).toContain("<mfrac>");
    expect(await draw("$\\href{javascript:alert(1)}{x}$")).toContain("<code>");
    expect(await draw("$$\n\\def\\a{\\a\\a}\\a\n$$")).not.toContain("<math");
  });
  test("colours code by roles, with classes and not with styles", async () => {
    const html = await draw("```ts\nconst a = 1;\n```");
    expect(html).toContain('<span class="code-keyword">');
    expect(html).not.toContain("style=");
  });
  test("gives a run's address a place for its curve", async () => {
    const html = await draw("/runs/base-2\n\n[the climb](/runs/base-2?from=10&to=20)");
    expect(html).toContain('data-run="base-2" data-from="10" data-to="20" data-said="the climb"');
  });
  test("names members outside code and links", async () => {
    expect(await draw("@Ada and `@bob`")).toContain('href="/members/ada"');
    expect(mentionedNames("@Ada `@bob` [@eve](/x) a@mail.test ```\n@dan\n``` @ada")).toEqual([
      "ada",
    ]);
  });
});

/** The languages in which the numbers of the curve can be fetched. */
export const CODE_LANGUAGES = ["curl", "python", "javascript"] as const;
export type CodeLanguage = (typeof CODE_LANGUAGES)[number];

export type CodeInput = { origin: string; runId: string; query: string; key: string };

/** A few lines that fetch what the curve shows, and print it. They need nothing but the language itself. */
export function codeSample(
  language: CodeLanguage,
  { origin, runId, query, key }: CodeInput,
): string {
  const address = `${origin}/api/v1/runs/${runId}/series?${query}`;
  switch (language) {
    case "curl":
      return `curl -s ${shellQuoted(address)}`;
    case "python":
      return [
        "import json, urllib.request",
        "",
        `address = ${JSON.stringify(address)}`,
        "with urllib.request.urlopen(address) as answer:",
        `    series = json.load(answer)["series"][${JSON.stringify(key)}]`,
        'values = series["values"] if series["kind"] == "raw" else series["mean"]',
        'for step, value in zip(series["steps"], values):',
        "    print(step, value)",
      ].join("\n");
    case "javascript":
      return [
        `const answer = await fetch(${JSON.stringify(address)});`,
        `const series = (await answer.json()).series[${JSON.stringify(key)}];`,
        'const values = series.kind === "raw" ? series.values : series.mean;',
        "series.steps.forEach((step, i) => console.log(step, values[i]));",
      ].join("\n");
  }
}

const shellQuoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

export type EmbedInput = {
  origin: string;
  locale: string;
  run: { id: string; name: string };
  query: string;
  height: number;
  theme: EmbedTheme;
};

/** The colours of an embedded curve: the reader's own, or those of the page around it. */
export const EMBED_THEMES = ["system", "light", "dark"] as const;
export type EmbedTheme = (typeof EMBED_THEMES)[number];

/** The element that shows this very view on another page. */
export function embedCode(input: EmbedInput): string {
  const { origin, locale, run, height } = input;
  const asked = new URLSearchParams(input.query);
  if (input.theme !== "system") {
    asked.set("theme", input.theme);
  }
  const query = asked.size === 0 ? "" : `?${asked}`;
  const source = `${origin}/${locale}/embed/runs/${run.id}${query}`;
  return `<iframe src="${inAttribute(source)}" title="${inAttribute(run.name)}" width="100%" height="${height}" style="border:0" loading="lazy"></iframe>`;
}

const inAttribute = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;");

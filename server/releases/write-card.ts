import type { Card, FormatFigures, Prose } from "./contract.ts";

export type WrittenCard = {
  title: string;
  version: string;
  origin: string;
  family: string;
  step: number;
  card: Card;
  prose: Prose;
  formats: { name: string; figures: FormatFigures | null }[];
};

/** The model card as the README that download clients look for. */
export function writeCard(written: WrittenCard): string {
  const { title, version, origin, family, step, card, prose } = written;
  const page = `${origin}/models/${family}`;
  return [
    "---",
    "license: other",
    "license_name: cpm-live-1.0",
    "license_link: LICENSE.md",
    "language: [zh, en]",
    "pipeline_tag: text-generation",
    "---",
    `# ${title} ${version}`,
    prose.about.en,
    prose.about.zh,
    `Made from the checkpoint of step ${step}. Its page, with everything that was measured: ${page}`,
    "Read [LICENSE.md](LICENSE.md) and [RISKS.md](RISKS.md) before you use it.",
    section("Limitations", [prose.limitations.en, prose.limitations.zh]),
    section("Size", sizeLines(card)),
    section("Held-out evaluations", pairs(card.evaluations)),
    section("Training losses by task", pairs(card.tasks)),
    section("Data", card.sources.map(sourceLine)),
    section("Used", usedLines(card)),
    section("Formats", written.formats.map(formatLine)),
    section("Thanks", [prose.credits.en, prose.credits.zh]),
  ]
    .filter((part) => part !== "")
    .join("\n\n")
    .replace(/^---\n\n/, "---\n")
    .replaceAll(/\n\n(?=(?:license|language|pipeline_tag|---))/g, "\n")
    .concat("\n");
}

function section(title: string, lines: string[]): string {
  const said = lines.filter((line) => line !== "");
  return said.length === 0 ? "" : `## ${title}\n\n${said.join("\n")}`;
}

const pairs = (figures: Record<string, number>) =>
  Object.entries(figures).map(([name, value]) => `- ${name}: ${value.toFixed(4)}`);

const sizeLines = ({ config, parameters, tokens }: Card) => [
  parameters === null ? "" : `- parameters: ${parameters}`,
  tokens === null ? "" : `- tokens read: ${tokens}`,
  ...Object.entries(config ?? {}).map(([name, value]) => `- ${name}: ${value}`),
];

const sourceLine = ({ name, source, lang, licence, tokens }: Card["sources"][number]) =>
  `- ${name} (${source}, ${lang}), ${tokens} tokens: ${licence}`;

const usedLines = ({ energyKwh, co2eKg, cost }: Card) => [
  energyKwh === null ? "" : `- energy: ${energyKwh.toFixed(3)} kWh`,
  co2eKg === null ? "" : `- CO2e: ${co2eKg.toFixed(3)} kg`,
  cost === null ? "" : `- cost: ${cost.value.toFixed(2)} ${cost.currency ?? ""}`,
];

const formatLine = ({ name, figures }: WrittenCard["formats"][number]) =>
  figures === null
    ? `- ${name}`
    : `- ${name}: largest logit difference ${figures.maxDifference.toPrecision(3)}, same likeliest token ${(100 * figures.agreement).toFixed(1)} %`;

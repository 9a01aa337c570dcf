// The bench runner:  npm run bench -- NAME [options]
// Loads bench/NAME.ts and calls its exported `run(report, options)`. Each reported figure becomes one JSON line
// {bench, case, metric, value, unit, peer, ratio, bar, ok}; the exit code is 1 when a bar was missed or the bench
// failed. Without a name it lists the benches: every file here that exports `run`, with its first comment line.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

export type BenchFigure = {
  case: string;
  metric: string;
  value: number;
  unit: string;
  /** The same figure of the peer, measured in the same call. */
  peer?: number;
  /** value / peer; computed when left out. */
  ratio?: number;
  /** What `value` must reach; a bench without a bar only informs. */
  bar?: { atLeast: number } | { atMost: number };
};

export type BenchReport = (figure: BenchFigure) => void;

/** What a bench file exports. `options` are the words after the bench's name. */
export type Bench = (report: BenchReport, options: string[]) => Promise<void>;

function meets(value: number, bar: BenchFigure["bar"]): boolean {
  if (bar === undefined) {
    return true;
  }
  return "atLeast" in bar ? value >= bar.atLeast : value <= bar.atMost;
}

function barText(bar: BenchFigure["bar"]): string | null {
  if (bar === undefined) {
    return null;
  }
  return "atLeast" in bar ? `>= ${bar.atLeast}` : `<= ${bar.atMost}`;
}

function listBenches(): { name: string; about: string }[] {
  return readdirSync(import.meta.dirname)
    .filter((file) => file.endsWith(".ts") && !file.endsWith(".test.ts") && file !== "main.ts")
    .sort()
    .map((file) => ({
      name: file.slice(0, -3),
      text: readFileSync(join(import.meta.dirname, file), "utf8"),
    }))
    .filter(({ text }) => /^export (async function|const) run\b/m.test(text))
    .map(({ name, text }) => ({ name, about: /^\/\/ ?(.*)$/m.exec(text)?.[1] ?? "" }));
}

async function main(): Promise<number> {
  const [name, ...options] = process.argv.slice(2);
  const benches = listBenches();
  if (!benches.some((bench) => bench.name === name)) {
    const lines = benches.map((bench) => `  ${bench.name.padEnd(10)} ${bench.about}`);
    console.error(`Usage: npm run bench -- NAME [options]\n${lines.join("\n")}`);
    return name === undefined ? 0 : 1;
  }
  const { run } = (await import(`./${name}.ts`)) as { run: Bench };
  let missed = 0;
  await run((figure) => {
    const { bar, peer, ...rest } = figure;
    const ok = meets(figure.value, bar);
    missed += ok ? 0 : 1;
    const ratio = figure.ratio ?? (peer === undefined ? null : figure.value / peer);
    console.log(
      JSON.stringify({ bench: name, ...rest, peer: peer ?? null, ratio, bar: barText(bar), ok }),
    );
  }, options);
  return missed === 0 ? 0 : 1;
}

process.exitCode = await main();

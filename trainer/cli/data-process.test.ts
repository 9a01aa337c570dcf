import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { Random } from "../data/random.ts";
import { type Program, startData } from "../testing/data-program.ts";

let root = "";
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "data-process-"));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

/** Distinct made-up documents, enough for a build to be interrupted in. */
function documents(count: number): string {
  const random = Random.fromSeed(5);
  const sentence = (): string =>
    `${Array.from({ length: 14 }, () => String.fromCharCode(0x4e00 + random.below(900))).join("")}。`;
  const line = (id: number): string =>
    JSON.stringify({
      id,
      source: "built-in-chinese",
      lang: "zh",
      text: Array.from({ length: 12 }, sentence).join("\n"),
    });
  return Array.from({ length: count }, (_, id) => line(id)).join("\n");
}

/** Every file of the finished corpus, by name. */
function corpusIn(dataDir: string): Record<string, string> {
  const corpus = join(dataDir, "corpus");
  const built = readdirSync(corpus).find((name) => /^built-\w+$/.test(name)) ?? "";
  const files = readdirSync(join(corpus, built), { recursive: true, encoding: "utf8" })
    .filter((name) => /\.(?:bin|idx|jsonl?|txt)$/.test(name) && !name.startsWith("dedup"))
    .sort();
  return Object.fromEntries(
    files.map((name) => [name, readFileSync(join(corpus, built, name)).toString("base64")]),
  );
}

test("a build that is ended by a signal goes on where it was, to the same bytes", async () => {
  const input = join(root, "input.jsonl");
  writeFileSync(input, documents(4_000));
  const build = (dataDir: string): Program =>
    startData(["build", "--recipe", "tiny", "--input", input], dataDir);
  const whole = join(root, "whole");
  expect(await build(whole).code).toBe(0);
  const broken = join(root, "broken");
  const work = (): string[] => {
    const corpus = join(broken, "corpus");
    const part = existsSync(corpus)
      ? readdirSync(corpus).find((name) => name.endsWith(".part"))
      : undefined;
    return part === undefined ? [] : readdirSync(join(corpus, part));
  };
  const moments = ["input-0.filtered.jsonl.part", "input-0.kept.jsonl.part", "vocab.txt"];
  for (const moment of moments) {
    const program = build(broken);
    while (program.process.exitCode === null && !work().includes(moment)) {
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    program.process.kill("SIGTERM");
    await program.code;
  }
  expect(await build(broken).code).toBe(0);
  const [first, second] = [corpusIn(whole), corpusIn(broken)];
  expect(Object.keys(second)).toEqual(Object.keys(first));
  expect(Object.keys(first).filter((name) => first[name] !== second[name])).toEqual([]);
}, 240_000);

describe("poisoned documents", () => {
  const poison = Buffer.concat([
    Buffer.from('{"id":"good","lang":"zh","text":"春江潮水連海平。"}\n'),
    Buffer.from([0x22, 0xff, 0xfe, 0x22, 10]),
    Buffer.from(`{"id":"long","text":"${"a".repeat(50_000_000)}"}\n`),
    Buffer.from(`{"id":"wide","text":"${"月".repeat(1_000_000)}"}\n`),
    Buffer.from([0, 0, 10]),
    Buffer.from(
      '{"id":"nul","text":"海上\\u0000明月\\ud800共潮生"}\n{"id":"none","text":""}\nrubbish\n',
    ),
    Buffer.from('{"id":"last","lang":"zh","text":"江流宛轉繞芳甸。"}'),
  ]);

  test.each([
    ["filter", ["--profile", "pair"]],
    ["dedup", []],
    ["augment", []],
    ["tokenize", ["--vocabulary", "VOCABULARY"]],
  ])(
    "pass through %s: each is named or dropped with a reason, the others come out",
    async (step, more) => {
      const vocabulary = join(root, "vocab.txt");
      writeFileSync(
        vocabulary,
        [
          "<pad>",
          "<unk>",
          "<mask>",
          "<sep>",
          "</n>",
          "</_>",
          "<s>",
          "</s>",
          "<d>",
          "</d>",
          "海",
          "月",
        ].join("\n"),
      );
      const dropped = join(root, "dropped.jsonl");
      const options = more.map((word) => (word === "VOCABULARY" ? vocabulary : word));
      const program = startData([step, ...options, "--dropped", dropped], root, { input: poison });
      expect(await program.code).toBe(0);
      const ids = program
        .out()
        .trim()
        .split("\n")
        .map((line) => String(JSON.parse(line).id));
      expect(ids[0]).toBe("good");
      expect(ids.at(-1)).toBe("last");
      const reasons = readFileSync(dropped, "utf8")
        .trim()
        .split("\n")
        .map((line) => JSON.parse(line));
      expect(reasons).toContainEqual({ id: "long", reason: "oversized" });
      const report = JSON.parse(program.err().trim().split("\n").at(-1) ?? "{}");
      expect(report).toMatchObject({ documents: 6, invalid: 3 });
      expect(ids.length + reasons.length).toBe(6);
      expect(program.err()).toMatch(/line 2: not valid UTF-8; passed over/);
    },
    240_000,
  );

  test("pass through a whole build: each is dropped with a reason, what stands beside them is kept, memory stays bounded", async () => {
    const good = documents(300).split("\n");
    const long = (letter: string, length: number): string =>
      JSON.stringify({ id: letter, lang: "en", text: letter.repeat(length) });
    const jsonl = join(root, "poison.jsonl");
    const plain = join(root, "poison.txt");
    const texts = good.slice(0, 150).map((line) => String(JSON.parse(line).text));
    const nul = JSON.stringify({
      ...JSON.parse(good[0] ?? ""),
      id: "nul",
      text: withNul(texts[0]),
    });
    writeFileSync(
      jsonl,
      joined([
        nul,
        ...good.slice(150, 200),
        long("a", 50_000_000),
        Buffer.from([0xff, 0xfe]),
        ...good.slice(200, 250),
        long("b", 50_000_000),
        long("c", 50_000_000),
        Buffer.alloc(2_000),
        `"${"d".repeat(70_000_000)}"`,
        ...good.slice(250),
      ]),
    );
    writeFileSync(
      plain,
      joined([
        ...texts.slice(0, 50),
        "e".repeat(50_000_000),
        Buffer.from([0xc3, 0x28]),
        ...texts.slice(50, 100),
        withNul(texts[100]),
        ...texts.slice(101),
      ]),
    );
    const tellPeak =
      "process.on('exit',()=>process.stderr.write('peak '+process.resourceUsage().maxRSS))";
    const inputs = [jsonl, plain].flatMap((path) => ["--input", path]);
    const program = startData(["build", "--recipe", "tiny", ...inputs], root, {
      node: ["--import", `data:text/javascript,${tellPeak}`],
    });
    expect(await program.code).toBe(0);
    const files = corpusIn(root);
    const text = (name: string): string => Buffer.from(files[name] ?? "", "base64").toString();
    const [, , lines, passages] = JSON.parse(text("report.json"));
    expect(lines).toMatchObject({ documents: 154, kept: 151 });
    expect(lines.dropped).toEqual({
      oversized: 3,
      "not valid UTF-8": 1,
      "not JSON": 1,
      "line too long": 1,
    });
    // 150 texts in three passages, and the long line, which stands alone.
    expect(passages).toMatchObject({ documents: 4, kept: 3 });
    expect(passages.dropped).toEqual({ oversized: 1, "not valid UTF-8": 1 });
    expect(program.out()).toMatch(/oversized 3, not valid UTF-8 1, not JSON 1, line too long 1/);
    expect(text("vocab.txt")).not.toContain("\u0000");
    expect(text("input-0.kept.jsonl")).not.toMatch(/\\u0000/);
    expect(text("input-1.kept.jsonl")).not.toMatch(/\\u0000/);
    // Three hundred megabytes of lines went through.
    expect(Number(/peak (\d+)/.exec(program.err())?.[1])).toBeLessThan(900_000);
  }, 240_000);
});

function withNul(text = ""): string {
  return text.replaceAll("。", "\u0000。");
}

function joined(lines: (string | Buffer)[]): Buffer {
  return Buffer.concat(lines.flatMap((line) => [Buffer.from(line), Buffer.from("\n")]));
}

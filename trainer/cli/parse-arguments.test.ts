import { describe, expect, test } from "vitest";
import { helpText } from "./help.ts";
import { parseArguments, VERBS } from "./parse-arguments.ts";

const parse = (line: string) => parseArguments(line.split(" ").filter((part) => part !== ""));

describe("the command line", () => {
  test("reads a training with all its options", () => {
    const line =
      "train --recipe demo --steps 100 --portal http://127.0.0.1:3000 --token t --out d --resume --seed 7 --threads 1";
    expect(parse(line)).toEqual({
      verb: "train",
      options: {
        recipe: "demo",
        steps: 100,
        portal: "http://127.0.0.1:3000",
        token: "t",
        out: "d",
        resume: true,
        seed: 7,
        threads: 1,
      },
    });
  });

  test("reads ids and falls back to the continuation slot and segment", () => {
    expect(parse("logits --checkpoint c --ids 6,12,13")).toEqual({
      verb: "logits",
      options: { checkpoint: "c", ids: [6, 12, 13], slot: 2, segment: 2, threads: 1 },
    });
  });

  test.each([
    ["", null],
    ["--help", null],
    ["train --help", "train"],
    ["generate -h", "generate"],
  ])("`%s` asks for help", (line, of) => {
    expect(parse(line)).toEqual({ verb: "help", of });
  });

  test.each([
    ["learn", /no verb "learn".*train, logits, generate/],
    ["train", /--recipe is missing.*train --help/],
    ["train --recipe demo --step 5", /--step.*It takes --recipe, --steps/],
    ["train --recipe demo --steps many", /--steps is not usable/],
    ["train --recipe demo --steps 0", /--steps is not usable/],
    ["train --recipe demo --portal nonsense", /--portal is not usable/],
    ["train --recipe demo extra", /It takes --recipe/],
    ["logits --checkpoint c --ids 6,x", /--ids is not usable: give token ids/],
    ["generate --checkpoint c", /--prompt is missing/],
    ["generate --checkpoint c --prompt p --top-p 2", /--top-p is not usable/],
  ])("`%s` is refused with what would be right", (line, message) => {
    expect(() => parse(line)).toThrow(message);
  });

  test.each(VERBS)("the help of %s names every option that it takes", (verb) => {
    const complaint = (() => {
      try {
        parse(`${verb} --nonsense`);
        return "";
      } catch (error) {
        return error instanceof Error ? error.message : "";
      }
    })();
    const names = complaint.match(/--[a-z-]+(?=[,.])/g) ?? [];
    expect(names.length).toBeGreaterThan(0);
    expect(names.filter((name) => !helpText(verb).includes(name))).toEqual([]);
  });
});

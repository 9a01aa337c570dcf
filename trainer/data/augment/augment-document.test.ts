import fc from "fast-check";
import { expect, test } from "vitest";
import { augmentDocument, CUE_TASKS } from "./augment-document.ts";
import { sentencesOf } from "./sentences.ts";
import { sentenceScores } from "./summary.ts";

const ZH =
  "春江潮水連海平，海上明月共潮生。灩灩隨波千萬里，何處春江無月明。江流宛轉繞芳甸，月照花林皆似霰。空裏流霜不覺飛，汀上白沙看不見。";
const document = { id: "1", text: ZH, source: "test", lang: "zh" as const };

test("sentences end with their marks; a point inside a number ends none", () => {
  expect(sentencesOf('It cost 3.5 pounds. He said "no!" And left')).toEqual([
    "It cost 3.5 pounds.",
    'He said "no!"',
    "And left",
  ]);
  expect(sentencesOf("一。「二！」三")).toEqual(["一。", "「二！」", "三"]);
  // A pattern for whole sentences overflowed the stack here.
  expect(sentencesOf("月".repeat(16_000_000)).length).toBe(1);
});

test("a sentence's score is the F1 of its words with all the others", () => {
  // a b | a c | d: the first has {a, b} against {a, c, d}: 2 · 1 / 5.
  expect(sentenceScores(["a b.", "a c.", "d."], "en")).toEqual([0.4, 0.4, 0]);
});

test("summary takes the telling sentences out and asks for them in order", () => {
  const [cue] = augmentDocument(document, ["summary"], 200);
  expect(cue?.parts.map(({ segment }) => segment)).toEqual([1, 2]);
  const target = sentencesOf(cue?.parts[1]?.text ?? "");
  expect(target.length).toBeGreaterThan(0);
  const places = target.map((sentence) => ZH.indexOf(sentence));
  expect(places.every((place, i) => place >= 0 && place > (places[i - 1] ?? -1))).toBe(true);
});

test("cloze puts the answer back into the question and finds a sentence of the passage", () => {
  const [cue] = augmentDocument(document, ["qa"], 200);
  const [passage = "", questions = "", answers = ""] = cue?.parts.map(({ text }) => text) ?? [];
  const words = answers.split("<sep>");
  questions.split("<sep>").forEach((question, i) => {
    expect(passage).toContain(question.replace("<mask>", words[i] ?? ""));
  });
});

test("rewriting asks for the passage as it was, and only removes", () => {
  const [cue] = augmentDocument(document, ["rewrite"], 200);
  const [noisy = "", whole = ""] = cue?.parts.map(({ text }) => text) ?? [];
  expect(ZH).toContain(whole);
  const left = noisy.replaceAll("<mask>", "");
  expect(left.length).toBeLessThan(whole.length);
  expect([...left].every((character) => whole.includes(character))).toBe(true);
});

test("parallel text becomes a translation each way; without a translation there is none", () => {
  const pair = { ...document, text: "明月", translation: "bright moon" };
  expect(
    augmentDocument(pair, ["en-zh", "zh-en"], 100).map(({ task, parts }) => [
      task,
      ...parts.map(({ text }) => text),
    ]),
  ).toEqual([
    ["en-zh", "bright moon", "明月"],
    ["zh-en", "明月", "bright moon"],
  ]);
  expect(augmentDocument(document, ["en-zh", "zh-en"], 100)).toEqual([]);
});

test("the same document gives the same cues; none is longer than its budget allows", () => {
  fc.assert(
    fc.property(
      fc.array(fc.string({ unit: fc.constantFrom("a", "b", "。", "月", " ", "1") }), {
        maxLength: 60,
      }),
      fc.integer({ min: 20, max: 300 }),
      (parts, budget) => {
        const one = { ...document, text: parts.join("") };
        const cues = augmentDocument(one, CUE_TASKS, budget);
        expect(augmentDocument(one, CUE_TASKS, budget)).toEqual(cues);
        expect(cues.every((cue) => (cue.parts.at(-1)?.text.length ?? 0) <= budget)).toBe(true);
      },
    ),
  );
});

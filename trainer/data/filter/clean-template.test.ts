import { expect, test } from "vitest";
import { LineCounter } from "./boilerplate.ts";
import { cleanTemplate } from "./clean-template.ts";
import { languageShare } from "./detect-language.ts";
import { readStatistics } from "./text-statistics.ts";
import { thresholdsFor } from "./thresholds.ts";

const NONE = {
  maxWordLength: null,
  minWords: null,
  minCharacters: null,
  mustEndSentence: false,
  trimUnfinished: false,
  boilerplate: false,
  damagedCharacters: false,
  minHan: null,
};
const clean = (text: string, rules: object, lang: "en" | "zh" = "en"): string =>
  cleanTemplate({ id: "1", text, source: "test", lang }, { ...NONE, ...rules }).text;

test.each([
  ["a word of exactly the limit stays", "abc\nabcd", { maxWordLength: 3 }, "abc"],
  ["a line with as many words as asked stays", "a b c\na b", { minWords: 3 }, "a b c"],
  [
    "a line with as many characters as asked stays",
    "一二三四五\n一二三四",
    { minCharacters: 5 },
    "一二三四五",
  ],
  [
    "a paragraph with as many Han as asked stays, one without letters too",
    "甲乙a\n甲bc\n123",
    { minHan: 2 },
    "甲乙a\n123",
  ],
  [
    "only lines that end a sentence",
    "甲。\n乙\n丙：\n丁”",
    { mustEndSentence: true },
    "甲。\n丙：\n丁”",
  ],
  ["damaged characters", "甲□\n乙■\n丙\ufffd\n丁\ue000\n戊", { damagedCharacters: true }, "戊"],
  ["an unfinished last sentence", "甲。\n乙。丙，丁", { trimUnfinished: true }, "甲。\n乙。"],
  ["a finished one stays", "甲。\n乙。丙！”", { trimUnfinished: true }, "甲。\n乙。丙！”"],
  ["so does a text without any", "甲乙", { trimUnfinished: true }, "甲乙"],
  [
    "cookies, javascript, navigation",
    "We use cookies\nEnable JavaScript\nHome | News | About\nText",
    { boilerplate: true },
    "Text",
  ],
  [
    "marks, mark-up, blanks, width",
    "Ａ１\u3000b[12] <b>c</b>&nbsp;d[edit]，ｶ\ufb01",
    {},
    "A1 b cd，カfi",
  ],
])("%s", (...[, before, rules, after]) => {
  expect(clean(before, rules)).toBe(after);
});

test("Chinese furniture goes in Chinese", () => {
  expect(clean("版权所有 某公司\n正文", { boilerplate: true }, "zh")).toBe("正文");
});

test("the web's rules cut what breaks off before they ask for whole lines", () => {
  const { lines } = thresholdsFor("zh", "web");
  const text = "這一行有十個以上的漢字，所以留下。\n最後一行也有十個以上的漢字。可是它沒有";
  expect(clean(text, lines, "zh")).toBe(
    "這一行有十個以上的漢字，所以留下。\n最後一行也有十個以上的漢字。",
  );
});

test.each([
  [
    "en",
    "It was the best of times, it was the worst of times, and all of it was in the book.",
    0.9,
    1,
  ],
  [
    "en",
    "Le chat est dans la maison et les enfants sont avec le père pour une heure de plus.",
    0,
    0.2,
  ],
  [
    "en",
    "Der Hund ist nicht auf dem Tisch und die Katze ist mit den Kindern bei der Mutter.",
    0,
    0.2,
  ],
  ["en", "春江潮水連海平", 0, 0],
  ["zh", "春江潮水連海平，海上明月共潮生。", 1, 1],
  ["zh", "これは日本語の文章です。とても短いです。", 0, 0.4],
] as const)("the detector of %s on %s", (...[lang, text, least, most]) => {
  const share = languageShare(lang, readStatistics(text));
  expect(share).toBeGreaterThanOrEqual(least);
  expect(share).toBeLessThanOrEqual(most);
});

test("a line in more documents than allowed is boilerplate; repeats within one document count once", () => {
  const counter = new LineCounter();
  for (let i = 0; i < 11; i += 1) {
    counter.add(`Subscribe to our letter\nArticle ${i}\nSubscribe to our letter`);
  }
  for (let i = 0; i < 10; i += 1) {
    counter.add(`Read more here\nPiece ${i}`);
  }
  expect(counter.strip("Subscribe to our letter\nArticle 3\nRead more here", 10)).toEqual({
    text: "Article 3\nRead more here",
    removed: 1,
  });
});

import { expect, test } from "vitest";
import { collectWorks } from "./collect-works.ts";
import { CEDICT, COMPILER_MESSAGES } from "./parallel-text.ts";

test("works are found at any depth; notes, forewords and empty headings are left out", () => {
  const collection = {
    title: "集",
    abstract: "近人所寫",
    content: [
      { title: "卷一", content: [{ chapter: "甲", author: "某", paragraphs: ["一。", "二。"] }] },
      { rhythmic: "詞牌", notes: ["注"], paragraphs: ["三。"], author: null },
      { content: "四。", comment: ["評"] },
      { title: "山", para: ["五"] },
    ],
  };
  expect(collectWorks(JSON.stringify(collection)).map(({ text }) => text)).toEqual([
    "甲\n某\n一。\n二。",
    "詞牌\n三。",
    "四。",
    "山\n五",
  ]);
});

test("a dictionary gives words of two characters or more with the senses that need no Chinese", () => {
  const all = [
    ["明月", "明月", "ming2 yue4", ["bright moon", "CL:輪|轮[lun2]"], [], []],
    ["明", "明", "ming2", "bright", [], []],
    ["甲乙", "甲乙", "jia3 yi3", "variant of 甲一", [], []],
    ["3C產品", "3C产品", "", "gadgets", [], []],
  ];
  const content = `export default ${JSON.stringify({ all })};`;
  expect(CEDICT.documents(content, new Map(), "")).toEqual([
    { text: "明月", translation: "bright moon" },
  ]);
});

test("messages become pairs when both files have been seen, in either order", () => {
  const code = 'x: diag(1005, 1 /* Error */, "_0_expected_1005", "\'{0}\' expected.\\n"),';
  const chinese = JSON.stringify({ _0_expected_1005: "必須是 '{0}'。", other: "無" });
  for (const order of [
    [code, chinese],
    [chinese, code],
  ]) {
    const files = new Map<string, string>();
    const pairs = order.flatMap((content) =>
      COMPILER_MESSAGES.documents(content, files, content === code ? "/_tsc.js" : "/zh-tw/x.json"),
    );
    expect(pairs).toEqual([{ text: "必須是 'A'。", translation: "'A' expected.\n" }]);
  }
});

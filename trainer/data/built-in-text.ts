import { Random } from "./random.ts";

const PLACES = [
  "the harbour",
  "the old bridge",
  "the valley",
  "a quiet school",
  "the northern road",
  "the market",
  "a small garden",
];
const PEOPLE = [
  "the carpenter",
  "our teacher",
  "a young sailor",
  "the two sisters",
  "the doctor",
  "an old farmer",
];
const DEEDS = [
  "counted the lamps",
  "waited for rain",
  "mended a red boat",
  "wrote a long letter",
  "sang without a book",
  "carried seven baskets",
];
const TIMES = [
  "In the morning",
  "After the storm",
  "On the third day",
  "When the bell rang",
  "Before winter",
  "That evening",
];
const ZH_TIMES = ["清早", "雨後", "第三日", "鐘響時", "冬天以前", "黃昏"];
const ZH_PEOPLE = ["木匠", "老師", "少年水手", "姊妹二人", "醫生", "老農"];
const ZH_PLACES = ["在港口", "在舊橋邊", "在山谷裡", "在小學校", "往北的路上", "在市集"];
const ZH_DEEDS = [
  "數着燈火",
  "等一場雨",
  "修一條紅船",
  "寫了長長的信",
  "不看書而唱歌",
  "挑着七個籃子",
];

const DOCUMENTS = 160;
const SENTENCES = 14;

/** Small made-up stories in two languages, the same every time: a corpus for tests and for machines without a network. */
export function builtInText(lang: "zh" | "en"): string[] {
  const random = Random.fromSeed(lang === "zh" ? 11 : 12);
  const pick = (list: string[]): string => list[random.below(list.length)] ?? "";
  const sentence = (): string =>
    lang === "zh"
      ? `${pick(ZH_TIMES)}，${pick(ZH_PEOPLE)}${pick(ZH_PLACES)}${pick(ZH_DEEDS)}。`
      : `${pick(TIMES)} ${pick(PEOPLE)} ${pick(DEEDS)} near ${pick(PLACES)}.`;
  const gap = lang === "zh" ? "\n" : " ";
  return Array.from({ length: DOCUMENTS }, () =>
    Array.from({ length: SENTENCES }, sentence).join(gap),
  );
}

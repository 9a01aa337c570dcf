import type { DailyLogItem } from "./contract.ts";

type FeedWords = {
  title: (run: string) => string;
  about: (run: string) => string;
  day: (log: DailyLogItem) => string;
  figures: Partial<Record<keyof DailyLogItem["figures"], string>>;
  events: (count: number) => string;
  signed: (name: string) => string;
};

/** What the feeds say around the figures. A feed reader has no language of the site's, so its address names one. */
export const FEED_WORDS: Record<"en" | "zh", FeedWords> = {
  en: {
    title: (run) => `${run}: daily log`,
    about: (run) => `What each day of training ${run} came to.`,
    day: ({ day, figures: { lossEnd } }) =>
      lossEnd === null ? day : `${day}: loss ${number(lossEnd, 3)}`,
    figures: {
      lossBegin: "Loss at the beginning",
      lossEnd: "Loss at the end",
      gradNorm: "Mean gradient norm",
      lastStep: "Last step",
      tokens: "Tokens of the day",
      dataGb: "Data completed, GB",
      progressPercent: "Progress, %",
      energyKwh: "Energy, kWh",
    },
    events: (count) => (count === 1 ? "1 event" : `${count} events`),
    signed: (name) => `Signed by ${name}`,
  },
  zh: {
    title: (run) => `${run} 训练日志`,
    about: (run) => `${run} 每天的训练结果。`,
    day: ({ day, figures: { lossEnd } }) =>
      lossEnd === null ? day : `${day}：损失 ${number(lossEnd, 3)}`,
    figures: {
      lossBegin: "开始时的损失",
      lossEnd: "结束时的损失",
      gradNorm: "平均梯度范数",
      lastStep: "最后一步",
      tokens: "当天的词元",
      dataGb: "已完成的数据（GB）",
      progressPercent: "进度（%）",
      energyKwh: "能耗（kWh）",
    },
    events: (count) => `${count} 个事件`,
    signed: (name) => `${name} 已签名`,
  },
};

function number(value: number, digits: number): string {
  return value.toFixed(digits);
}

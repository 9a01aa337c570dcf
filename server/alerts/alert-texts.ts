import type { AlertKind } from "./contract.ts";

type Told = { kind: AlertKind; run: string; step: number; message: string; link: string };
type Texts = {
  kinds: Record<AlertKind, string>;
  write: (told: Told) => { subject: string; text: string };
};

/** What the mails say, in the language in which the alerts were asked for. */
export const ALERT_TEXTS: Record<"en" | "zh", Texts> = {
  en: {
    kinds: {
      spike: "loss spike",
      nan: "value that is not finite",
      stall: "stall",
      slow: "drop in throughput",
      rollback: "roll-back",
      checkpoint: "new checkpoint",
      evaluation: "evaluation",
      release: "release",
      finish: "end of the run",
    },
    write: ({ kind, run, step, message, link }) => ({
      subject: `${run}: ${ALERT_TEXTS.en.kinds[kind]} at step ${step.toLocaleString("en")}`,
      text: `${message}\n\n${link}\n\nYou asked to be told of this. On the same page you can change or stop it.\n`,
    }),
  },
  zh: {
    kinds: {
      spike: "损失突增",
      nan: "数值异常",
      stall: "停滞",
      slow: "吞吐下降",
      rollback: "回退",
      checkpoint: "新检查点",
      evaluation: "评测",
      release: "发布",
      finish: "训练结束",
    },
    write: ({ kind, run, step, message, link }) => ({
      subject: `${run}：第 ${step.toLocaleString("zh")} 步，${ALERT_TEXTS.zh.kinds[kind]}`,
      text: `${message}\n\n${link}\n\n这是你订阅的提醒。在同一页面上可以修改或取消。\n`,
    }),
  },
};

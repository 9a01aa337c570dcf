import type { Mail } from "../auth/send-mail.ts";
import type { Rhythm } from "./last-due.ts";
import { oneLine } from "./notification-sentence.ts";

type Line = { text: string; path: string };

type Digest = {
  to: string;
  name: string;
  language: "en" | "zh";
  rhythm: Rhythm;
  /** What the member was told and has not read, newest first, and how much more there is. */
  told: readonly Line[];
  more: number;
  /** What is new for everybody. */
  sections: readonly { title: string; lines: readonly Line[] }[];
  origin: string;
  token: string;
};

type Words = {
  subject: (told: number) => string;
  hello: (name: string) => string;
  told: string;
  more: (count: number) => string;
  why: Record<Rhythm, string>;
  stop: string;
};

const WORDS: Record<"en" | "zh", Words> = {
  en: {
    subject: (told) =>
      told === 0 ? "What is new at CPM-Live" : `What is new for you at CPM-Live (${told})`,
    hello: (name) => `Hello ${name},`,
    told: "You were told, and have not read:",
    more: (count) => `and ${count} more:`,
    why: {
      daily: "You asked for this mail every day. Change what it holds, or how often it comes:",
      weekly: "You asked for this mail every week. Change what it holds, or how often it comes:",
    },
    stop: "No more of these mails, without signing in:",
  },
  zh: {
    subject: (told) => (told === 0 ? "CPM-Live 有新内容" : `CPM-Live 有 ${told} 条您的消息`),
    hello: (name) => `${name}，您好：`,
    told: "以下通知您还没有读：",
    more: (count) => `另有 ${count} 条：`,
    why: {
      daily: "您选择了每天收到这封邮件。要改变内容或频率，请打开：",
      weekly: "您选择了每周收到这封邮件。要改变内容或频率，请打开：",
    },
    stop: "不再接收此类邮件，无需登录：",
  },
};

/** The mail that gathers what is new. Mail programs end it by its headers, people by its last link. */
export function writeDigest(digest: Digest): Mail {
  const { to, name, language, rhythm, told, more, sections, origin, token } = digest;
  const words = WORDS[language];
  const address = (path: string) => `${origin}/${language}${path}`;
  const list = (title: string, lines: readonly Line[]) =>
    [title, ...lines.map(({ text, path }) => `- ${oneLine(text)}\n  ${address(path)}`)].join("\n");
  const parts = [
    words.hello(name),
    ...(told.length > 0 ? [list(words.told, told)] : []),
    ...(more > 0 ? [`${words.more(more)}\n  ${address("/notifications")}`] : []),
    ...sections.map(({ title, lines }) => list(title, lines)),
    `-- \n${words.why[rhythm]}\n${address("/account")}`,
    `${words.stop}\n${address(`/unsubscribe?token=${token}`)}`,
  ];
  return {
    ...{ to, subject: words.subject(told.length + more), text: `${parts.join("\n\n")}\n` },
    headers: {
      "List-Unsubscribe": `<${origin}/api/unsubscribe/${token}>`,
      "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    },
  };
}

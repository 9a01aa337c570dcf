// Votes: members voting and withdrawing in parallel through HTTP on one initiative, and lists over very many initiatives.
//   npm run bench -- votes [--part http|lists] [--members 1000] [--rounds 4] [--seconds 40] [--initiatives 100000] [--votes 10000000]
import { parseArgs } from "node:util";
import type { BenchReport } from "./main.ts";
import { measureLists } from "./votes/measure-lists.ts";
import { measureVoting } from "./votes/measure-voting.ts";

export async function run(report: BenchReport, options: string[]): Promise<void> {
  const { values } = parseArgs({
    args: options,
    options: {
      part: { type: "string" },
      members: { type: "string", default: "1000" },
      rounds: { type: "string", default: "4" },
      seconds: { type: "string", default: "40" },
      initiatives: { type: "string", default: "100000" },
      votes: { type: "string", default: "10000000" },
    },
  });
  if (values.part !== "lists") {
    await measureVoting(report, {
      members: Number(values.members),
      rounds: Number(values.rounds),
      seconds: Number(values.seconds),
    });
  }
  if (values.part !== "http") {
    await measureLists(report, {
      initiatives: Number(values.initiatives),
      votes: Number(values.votes),
    });
  }
}

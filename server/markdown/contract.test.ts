import { expect, test } from "vitest";
import { citationsIn, mentionedNames, quotedPosts } from "./contract.ts";

test("names are found outside code, links and quotations, each once", () => {
  expect(mentionedNames("@Ada `@bob` [@eve](/x) a@mail.test ```\n@dan\n``` @ada")).toEqual(["ada"]);
  expect(mentionedNames("> @bob said\n\nHello @carol, @dave-")).toEqual(["carol", "dave"]);
});
test("runs are found by their address, with the span that it names", () => {
  const text =
    "/runs/run_a?from=10&to=20 and [this](https://portal.test/zh/runs/run_b?from=5) `/runs/run_c` /runs/run_d.";
  expect(citationsIn(text)).toEqual([
    { runId: "run_a", from: 10, to: 20 },
    { runId: "run_b", from: 5, to: null },
    { runId: "run_d", from: null, to: null },
  ]);
});
test("a quotation names the post that it comes from", () => {
  const text = "> words\n>\n> [ada](/forum/t/12?from=6#p6)\n\nI agree with [bo](/forum/t/1#p2).";
  expect(quotedPosts(text)).toEqual([{ threadId: 12, number: 6 }]);
});

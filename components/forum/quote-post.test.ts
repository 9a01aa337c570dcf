import { expect, test } from "vitest";
import { quotedPosts } from "#server/markdown/contract.ts";
import { quotePost } from "./quote-post.ts";

test("a quotation leaves out what was quoted already, and names its post", () => {
  const text = quotePost({ text: "> old\n\nnew\n\nlines", threadId: 3, number: 7, name: "ada" });
  expect(text).toBe("> new\n>\n> lines\n>\n> [ada](/forum/t/3?from=7#p7)\n\n");
  expect(quotedPosts(text)).toEqual([{ threadId: 3, number: 7 }]);
});

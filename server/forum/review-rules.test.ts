import { expect, test } from "vitest";
import { reviewPost } from "./review-rules.ts";

const post = { trust: 1, hasRole: false, body: "Text.", shown: 5, lately: 0, same: 0 };

test("an ordinary post of a known member is shown at once", () => {
  expect(reviewPost(post)).toBeNull();
});
test("a new member's first post is looked at, the second is not", () => {
  expect(reviewPost({ ...post, trust: 0, shown: 0 })?.source).toBe("first");
  expect(reviewPost({ ...post, trust: 0, shown: 1 })).toBeNull();
});
test("repetition, many links and speed are looked at, and each says what it saw", () => {
  const body = "https://a.test ".repeat(5);
  expect(reviewPost({ ...post, body, same: 2, lately: 6 })).toEqual({
    source: "spam",
    signals: ["the same text 2 times in a day", "5 links", "6 posts in two minutes"],
  });
});
test("who has earned trust or holds a role is never held", () => {
  const worst = { ...post, body: "https://a.test ".repeat(9), same: 9, lately: 9 };
  expect(reviewPost({ ...worst, trust: 2 })).toBeNull();
  expect(reviewPost({ ...worst, hasRole: true })).toBeNull();
});

import { expect, test } from "vitest";
import { findIssue } from "./find-issue.ts";

test("a list of issues is told by its first, with the field's name", () => {
  const issues = [
    { path: ["password"], message: "Too short." },
    { path: ["name"], message: "No." },
  ];
  expect(findIssue({ message: JSON.stringify(issues) })).toEqual({
    field: "password",
    message: "Too short.",
  });
});

test.each(["This name is taken.", "", "[]", "{}", '"text"', "null"])(
  "%j is its own message",
  (message) => {
    expect(findIssue({ message })).toEqual({ field: null, message });
  },
);

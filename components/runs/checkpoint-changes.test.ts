import { expect, test } from "vitest";
import { checkpointBefore, compareFiles, trackMarks } from "./checkpoint-changes.ts";

const file = (name: string, sha256: string) => ({ name, sha256, size: 1, url: "" });
const at = (step: number, attempt = 1, files = [file("a", "1")]) => ({
  id: `ckpt_${attempt}_${step}`,
  runId: "run",
  attempt,
  step,
  tokens: null,
  metrics: {},
  createdAt: 0,
  bytes: 1,
  files,
});

test("a file is told by what it was in the checkpoint before", () => {
  const before = at(1, 1, [file("same", "1"), file("other", "1")]);
  const after = at(2, 1, [file("same", "1"), file("other", "2"), file("new", "3")]);
  expect(compareFiles(after, before).map(({ state }) => state)).toEqual(["same", "changed", "new"]);
  expect(compareFiles(after, null).every(({ state }) => state === "new")).toBe(true);
});

test("after a roll-back the checkpoint before is the one that it went back to, not one that was left", () => {
  const all = [at(100), at(200), at(300), at(250, 2)];
  const attempts = [
    { number: 1, fromStep: 0 },
    { number: 2, fromStep: 200 },
  ];
  expect(checkpointBefore(at(350, 2), all, attempts)?.id).toBe("ckpt_2_250");
  expect(checkpointBefore(at(250, 2), all, attempts)?.id).toBe("ckpt_1_200");
  expect(checkpointBefore(at(320, 2), [at(300), at(200)], attempts)?.id).toBe("ckpt_1_200");
  expect(checkpointBefore(at(300), all, attempts)?.id).toBe("ckpt_1_200");
  expect(checkpointBefore(at(100), all, attempts)).toBeNull();
});

test("checkpoints that would lie on each other are one mark", () => {
  const marks = trackMarks([at(1000), at(500), at(505)], 1000);
  expect(marks.map(({ share, checkpoints }) => [share, checkpoints.length])).toEqual([
    [0.5, 2],
    [1, 1],
  ]);
});

import { execFileSync } from "node:child_process";
import { expect, test } from "vitest";
import { codeSample, embedCode } from "./code-samples.ts";

const input = {
  origin: "http://localhost:1",
  runId: "run_a",
  query: "keys=loss&x=step",
  key: "it's",
};

test("the shell reads the address as one word, whatever is in it", () => {
  const code = codeSample("curl", { ...input, query: "keys=it's $HOME" });
  const words = execFileSync("sh", ["-c", code.replace("curl -s", "printf %s")], {
    encoding: "utf8",
  });
  expect(words).toBe("http://localhost:1/api/v1/runs/run_a/series?keys=it's $HOME");
});

test("the JavaScript prints each point of an answer", async () => {
  const code = codeSample("javascript", input);
  const printed: unknown[][] = [];
  const series = { "it's": { kind: "raw", steps: [1, 2], values: [0.5, 0.25] } };
  const AsyncFunction = Object.getPrototypeOf(async () => undefined).constructor;
  await new AsyncFunction("fetch", "console", code)(async () => Response.json({ series }), {
    log: (...words: unknown[]) => printed.push(words),
  });
  expect(printed).toEqual([
    [1, 0.5],
    [2, 0.25],
  ]);
});

test("the embedding code keeps a name with quotes inside its attribute", () => {
  const run = { id: "run_a", name: 'A "large" <model>' };
  const code = embedCode({
    origin: "https://a.test",
    locale: "en",
    run,
    query: "y=log&m=lr",
    height: 400,
    theme: "system",
  });
  expect(code).toContain('src="https://a.test/en/embed/runs/run_a?y=log&amp;m=lr"');
  expect(code).toContain('title="A &quot;large&quot; &lt;model>"');
  const plain = { origin: "https://a.test", locale: "en", run, query: "", height: 400 };
  expect(embedCode({ ...plain, theme: "dark" })).toContain('runs/run_a?theme=dark"');
});

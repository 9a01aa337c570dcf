import { expect, test } from "vitest";
import { createConsole } from "./console.ts";

function screenOf(isTTY: boolean): {
  isTTY: boolean;
  columns: number;
  text: string;
  write(text: string): void;
} {
  return {
    isTTY,
    columns: 60,
    text: "",
    write(text) {
      this.text += text;
    },
  };
}

test("where output is piped there are plain lines only", () => {
  const screen = screenOf(false);
  const { sink, progress } = createConsole(screen, 100);
  progress("Unpacking", 1, 10);
  progress("Unpacking", 2, 10);
  sink.log(1, { loss: 3 });
  sink.line("| Iter: 1");
  sink.evaluation(1, { "eval/loss": 2.5 });
  expect(screen.text).toBe("Unpacking …\n| Iter: 1\n[step 1] Held-out loss 2.5000\n");
});

test("on a terminal the bar stays below the lines and fits the width", async () => {
  const screen = screenOf(true);
  const { sink } = createConsole(screen, 100);
  sink.log(50, { loss: 3, "throughput/tokens_per_second": 9_000 });
  sink.line("A line.");
  const clear = "\r\u001b[2K";
  expect(screen.text).toMatch(/Step 50 of 100 {2}█{12}░{12} 50\.0 %/);
  expect(screen.text.endsWith(screen.text.split(clear)[0] ?? "")).toBe(true);
  expect((screen.text.split(clear)[0] ?? "").length).toBeLessThan(60);
  await sink.close(0);
  expect(screen.text.endsWith(clear)).toBe(true);
});

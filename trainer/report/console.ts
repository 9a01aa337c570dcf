import type { Progress } from "../data/progress.ts";
import type { Sink } from "./sink.ts";

const BAR_WIDTH = 24;
const REDRAW_MS = 100;

type Screen = {
  isTTY?: boolean | undefined;
  columns?: number | undefined;
  write(text: string): unknown;
};

/** What people see: plain lines where output is piped; on a terminal also a bar that stays below them. */
export type Console = { sink: Sink; progress: Progress; say(text: string): void };

export function createConsole(screen: Screen, plannedSteps: number): Console {
  const bar = createBar(screen);
  const say = (text: string): void => bar.above(text);
  let latest = "";
  const sink: Sink = {
    log(step, values) {
      latest = `loss ${format(values["loss"])}  ${Math.round(values["throughput/tokens_per_second"] ?? 0)} tokens/s`;
      bar.draw(`Step ${step} of ${plannedSteps}`, step / plannedSteps, latest);
    },
    event: ({ message, step }) => say(`[step ${step}] ${message}`),
    line: say,
    samples(step, samples) {
      for (const { prompt, text } of samples) {
        say(`[step ${step}] ${prompt} → ${text.replaceAll("\n", " / ")}`);
      }
    },
    evaluation: (step, results) =>
      say(`[step ${step}] Held-out loss ${format(results["eval/loss"])}`),
    checkpoint: ({ step, directory }) => say(`[step ${step}] Checkpoint ${directory}`),
    rollback: (step) => say(`[step ${step}] A new attempt begins at this checkpoint.`),
    settle: () => undefined,
    finish: (_, message) => say(message),
    close: async () => bar.clear(),
  };
  return { sink, say, progress: createProgress(bar, say, screen.isTTY === true) };
}

function format(value: number | undefined): string {
  return value === undefined ? "–" : value.toFixed(4);
}

/** Progress of the preparation: a bar on a terminal, otherwise one line as each part begins. */
function createProgress(bar: Bar, say: (text: string) => void, terminal: boolean): Progress {
  let last = "";
  return (label, done, total) => {
    if (terminal) {
      bar.draw(
        label,
        total === null ? null : done / total,
        total === null ? String(done) : `${done}/${total}`,
      );
    } else if (label !== last) {
      say(`${label} …`);
    }
    last = label;
  };
}

type Bar = {
  draw(label: string, share: number | null, detail: string): void;
  above(text: string): void;
  clear(): void;
};

function createBar(screen: Screen): Bar {
  let drawnAt = 0;
  let shown = "";
  const terminal = screen.isTTY === true;
  const clear = (): void => {
    if (shown !== "") {
      screen.write("\r\u001b[2K");
      shown = "";
    }
  };
  return {
    clear,
    above(text) {
      const kept = shown;
      clear();
      screen.write(`${text}\n${kept}`);
      shown = kept;
    },
    draw(label, share, detail) {
      if (!terminal || Date.now() - drawnAt < REDRAW_MS) {
        return;
      }
      drawnAt = Date.now();
      const filled = Math.round((share ?? 0) * BAR_WIDTH);
      const drawing =
        share === null
          ? ""
          : `${"█".repeat(filled)}${"░".repeat(BAR_WIDTH - filled)} ${(100 * share).toFixed(1)} %  `;
      clear();
      shown = `${label}  ${drawing}${detail}`.slice(0, (screen.columns ?? 80) - 1);
      screen.write(shown);
    },
  };
}

import type { CommandKind, RunCommand } from "#server/run-log/contract.ts";

/** Something to do between two steps, and how to acknowledge it. */
export type Wish = {
  kind: CommandKind;
  commandId: string | null;
  reason: string;
  payload: RunCommand["payload"];
};

/**
 * Wishes from the portal and from the operating system, kept until the loop comes by. A command that the portal
 * repeats because it has not yet seen the acknowledgement is taken once.
 */
export type Controls = {
  receive(command: RunCommand): void;
  /** SIGTERM or SIGINT: write a checkpoint and go, to be resumed later. */
  interrupt(signal: string): void;
  /** The oldest wish, removed; null when there is none. */
  take(): Wish | null;
  /** Waits for the next wish. */
  arrival(): Promise<void>;
  readonly interrupted: string | null;
};

export function createControls(): Controls {
  const seen = new Set<string>();
  const wishes: Wish[] = [];
  let interrupted: string | null = null;
  let ring: (() => void) | null = null;
  const arrive = (): void => {
    ring?.();
    ring = null;
  };
  return {
    receive({ id, kind, reason, payload }) {
      if (!seen.has(id)) {
        seen.add(id);
        wishes.push({ kind, commandId: id, reason, payload });
        arrive();
      }
    },
    interrupt(signal) {
      interrupted ??= signal;
      arrive();
    },
    take: () => wishes.shift() ?? null,
    arrival: () =>
      new Promise((resolve) => {
        if (wishes.length > 0 || interrupted !== null) {
          resolve();
        } else {
          ring = resolve;
        }
      }),
    get interrupted() {
      return interrupted;
    },
  };
}

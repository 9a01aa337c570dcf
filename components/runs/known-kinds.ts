import type { AlertKind } from "#server/alerts/contract.ts";
import type { CommandKind } from "#server/run-log/contract.ts";
import type { EventKind } from "#server/runs/contract.ts";

// Lists that the contracts hold as schemas. A page that took them from there would also bring the library that checks
// schemas, 31 KB of script for a few words; a test holds both together.

const EVENTS: Record<EventKind, true> = {
  start: true,
  restart: true,
  rollback: true,
  stage: true,
  data: true,
  rate: true,
  growth: true,
  spike: true,
  nan: true,
  stall: true,
  slow: true,
  checkpoint: true,
  evaluation: true,
  release: true,
  initiative: true,
  command: true,
  finish: true,
  note: true,
};

const ALERTS: Record<AlertKind, true> = {
  spike: true,
  nan: true,
  stall: true,
  slow: true,
  rollback: true,
  checkpoint: true,
  evaluation: true,
  release: true,
  finish: true,
};

const COMMANDS: Record<CommandKind, true> = {
  pause: true,
  resume: true,
  checkpoint: true,
  stop: true,
  rate: true,
  weights: true,
  rollback: true,
};

export const KNOWN_KINDS = {
  events: Object.keys(EVENTS) as EventKind[],
  alerts: Object.keys(ALERTS) as AlertKind[],
  commands: Object.keys(COMMANDS) as CommandKind[],
};

/** The longest note in Markdown. */
export const LONGEST_NOTE = 20_000;

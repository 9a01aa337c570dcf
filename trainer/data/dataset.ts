import type { CueTask } from "./augment/cue.ts";
import type { RecordStore } from "./record-store.ts";

/** `plain` is text, made into infill and continuation; the others are cues. */
export type DatasetTask = "plain" | CueTask;

/**
 * Records of one task under a name. `key` says where they lie and is what a state knows them by; `weight` is how often a
 * sample is drawn, compared with the other samples of the same name.
 */
export type Dataset = {
  key: string;
  name: string;
  task: DatasetTask;
  weight: number;
  store: RecordStore;
};

/** How the file and the commands call a dataset; several may have the same label. */
export function labelOf({ task, name }: Pick<Dataset, "task" | "name">): string {
  return `${task}.${name}`;
}

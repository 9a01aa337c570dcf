/** What went wrong, by who can mend it: `usage` the caller, `data` the files on disk, `network` the outside, `training` the run. */
export type TrainerErrorCode = "usage" | "data" | "network" | "training";

/** The trainer's one error. The message is for people and says what to do next. */
export class TrainerError extends Error {
  readonly code: TrainerErrorCode;

  constructor(code: TrainerErrorCode, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.name = "TrainerError";
    this.code = code;
  }
}

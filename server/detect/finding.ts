/** Something that a detector saw in the numbers. */
export type Finding = {
  kind: "spike" | "nan" | "rollback" | "slow" | "rate" | "data" | "stage" | "stall";
  step: number;
  time: number;
  message: string;
  data: Record<string, unknown>;
};

/** One value of a watched series, in the order in which it was logged. */
export type Observation = { key: string; step: number; time: number; value: number };

/** A number as a sentence shows it. */
export function inWords(value: number): string {
  return String(Number(value.toPrecision(4)));
}

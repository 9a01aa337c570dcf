/** The message that names a place: histories that count days say so. */
export const stepName = (word: "step" | "day" | undefined): "atDay" | "atStep" =>
  word === "day" ? "atDay" : "atStep";

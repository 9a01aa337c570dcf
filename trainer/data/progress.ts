/** Called while people wait; `total` is null when nobody knows it. Units are the label's. */
export type Progress = (label: string, done: number, total: number | null) => void;

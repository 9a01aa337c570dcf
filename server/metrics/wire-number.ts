import type { WireNumber } from "./contract.ts";

/** A number as JSON can carry it. */
export function toWire(value: number): WireNumber {
  if (Number.isFinite(value)) {
    return value;
  }
  return Number.isNaN(value) ? "NaN" : value > 0 ? "Infinity" : "-Infinity";
}

/** Every number of a column as JSON can carry it. */
export function toWireColumn(values: ArrayLike<number>): WireNumber[] {
  return Array.from(values, toWire);
}

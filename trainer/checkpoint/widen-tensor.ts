import type { Dtype } from "./round-tensor.ts";

/** The values behind the bytes of a number format, little-endian; every one of them is exact. */
export function widenTensor(bytes: Uint8Array, dtype: Dtype): Float32Array {
  // A copy: a Buffer shares its memory with others and begins anywhere in it.
  const own = new Uint8Array(bytes).buffer;
  if (dtype === "fp32") {
    return new Float32Array(own);
  }
  const words = new Uint16Array(own);
  if (dtype === "bf16") {
    return new Float32Array(Uint32Array.from(words, (word) => word << 16).buffer);
  }
  return Float32Array.from(words, fromFp16);
}

function fromFp16(word: number): number {
  const sign = (word & 0x8000) === 0 ? 1 : -1;
  const exponent = (word >>> 10) & 0x1f;
  const fraction = word & 0x3ff;
  if (exponent === 0x1f) {
    return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  }
  return exponent === 0
    ? sign * fraction * 2 ** -24
    : sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

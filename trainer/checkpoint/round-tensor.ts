export type Dtype = "fp32" | "fp16" | "bf16";

export const DTYPE_NAMES = { fp32: "F32", fp16: "F16", bf16: "BF16" } as const satisfies Record<
  Dtype,
  string
>;

const LARGEST_FP16 = 65_504;

/** The bytes of values in a number format, little-endian, rounded to the nearest and ties to even. */
export function roundTensor(data: Float32Array, dtype: Dtype): Uint8Array {
  if (dtype === "fp32") {
    return new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  }
  return new Uint8Array(Uint16Array.from(bitsOf(data), dtype === "fp16" ? toFp16 : toBf16).buffer);
}

/** True when a value is too large for half precision, where it would become infinite. */
export function exceedsFp16(data: Float32Array): boolean {
  return data.some((value) => Math.abs(value) > LARGEST_FP16);
}

function bitsOf(data: Float32Array): Uint32Array {
  return new Uint32Array(data.buffer, data.byteOffset, data.length);
}

function toBf16(bits: number): number {
  if ((bits & 0x7fffffff) > 0x7f800000) {
    return (bits >>> 16) | 0x40;
  }
  return ((bits + 0x7fff + ((bits >>> 16) & 1)) >>> 16) & 0xffff;
}

function toFp16(bits: number): number {
  const sign = (bits >>> 16) & 0x8000;
  const magnitude = bits & 0x7fffffff;
  if (magnitude > 0x7f800000) {
    return sign | 0x7e00;
  }
  const exponent = (magnitude >>> 23) - 127;
  if (exponent > 15) {
    return sign | 0x7c00;
  }
  if (exponent < -25) {
    return sign;
  }
  const fraction = (magnitude & 0x7fffff) | 0x800000;
  // Below 2⁻¹⁴ halves have a fixed unit of 2⁻²⁴: more of the fraction is cut off.
  const drop = exponent < -14 ? -exponent - 1 : 13;
  const base = exponent < -14 ? 0 : (exponent + 14) << 10;
  const kept = fraction >>> drop;
  const rest = fraction & (2 ** drop - 1);
  const half = 2 ** (drop - 1);
  const up = rest > half || (rest === half && (kept & 1) === 1) ? 1 : 0;
  // A carry out of the fraction raises the exponent by itself, up to infinity.
  return sign | (base + kept + up);
}

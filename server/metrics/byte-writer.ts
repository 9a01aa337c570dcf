const FIRST_SIZE = 4096;
const MAX_VARINT_BYTES = 8;

/** A growing byte string. Multi-byte numbers are little-endian, as on every machine that we run on. */
export class ByteWriter {
  bytes = new Uint8Array(FIRST_SIZE);
  length = 0;

  /** Makes room for `count` more bytes, so that a hot loop may write into `bytes` itself. */
  reserve(count: number): void {
    if (this.length + count <= this.bytes.length) {
      return;
    }
    const larger = new Uint8Array(Math.max(this.bytes.length * 2, this.length + count));
    larger.set(this.bytes.subarray(0, this.length));
    this.bytes = larger;
  }

  byte(value: number): void {
    this.reserve(1);
    this.bytes[this.length++] = value;
  }

  append(part: Uint8Array): void {
    this.reserve(part.length);
    this.bytes.set(part, this.length);
    this.length += part.length;
  }

  /** A whole number in 0 … 2⁵³−1, seven bits a byte, lowest first. */
  varint(value: number): void {
    this.reserve(MAX_VARINT_BYTES);
    let rest = value;
    // Bit operations work on 32 bits only; larger numbers are divided until they fit.
    while (rest >= 0x80000000) {
      this.bytes[this.length++] = (rest % 128) | 128;
      rest = Math.floor(rest / 128);
    }
    while (rest >= 128) {
      this.bytes[this.length++] = (rest & 127) | 128;
      rest >>>= 7;
    }
    this.bytes[this.length++] = rest;
  }

  /** The bytes so far, as a copy of their own. */
  finish(): Buffer {
    return Buffer.from(this.bytes.subarray(0, this.length));
  }
}

/** Walks over a byte string that ByteWriter made; throws when it ends too early. */
export class ByteReader {
  readonly bytes: Uint8Array;
  position = 0;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
  }

  byte(): number {
    const value = this.bytes[this.position++];
    if (value === undefined) {
      throw new RangeError("Stored numbers end too early: the row is damaged.");
    }
    return value;
  }

  varint(): number {
    const first = this.bytes[this.position];
    if (first !== undefined && first < 128) {
      this.position += 1;
      return first;
    }
    let value = 0;
    let scale = 1;
    for (;;) {
      const byte = this.byte();
      value += (byte & 127) * scale;
      if (byte < 128) {
        return value;
      }
      scale *= 128;
    }
  }

  take(count: number): Uint8Array {
    const end = this.position + count;
    if (end > this.bytes.length) {
      throw new RangeError("Stored numbers end too early: the row is damaged.");
    }
    const part = this.bytes.subarray(this.position, end);
    this.position = end;
    return part;
  }
}

import { randomBytes } from "node:crypto";

/** Without 0, 1, i, l, o and u: read aloud and typed without mistakes, and no words by accident. */
const ALPHABET = "23456789abcdefghjkmnpqrstvwxyz";

/** `length` random characters, about 4.9 bits each. */
export function randomName(length: number): string {
  let name = "";
  while (name.length < length) {
    for (const byte of randomBytes(length * 2)) {
      // 240 is the largest multiple of 30 below 256: every character stays equally likely.
      if (byte < 240 && name.length < length) {
        name += ALPHABET[byte % ALPHABET.length];
      }
    }
  }
  return name;
}

/** An identifier such as `ckpt_4x7…`: 16 random characters, 78 bits. */
export function newId(prefix: string): string {
  return `${prefix}_${randomName(16)}`;
}

import { createHash } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import type { TokenStore } from "./record-store.ts";

/**
 * A token store on disk, little-endian: the number of documents (u32), their starts (u32, one more than documents),
 * then the ids (u16). Returns the SHA-256 of what was written.
 */
export async function writeTokenStore(path: string, store: TokenStore): Promise<string> {
  const head = Uint32Array.of(store.starts.length - 1);
  const bytes = Buffer.concat([bytesOf(head), bytesOf(store.starts), bytesOf(store.tokens)]);
  await writeFile(path, bytes);
  return createHash("sha256").update(bytes).digest("hex");
}

function bytesOf(array: Uint32Array | Uint16Array): Buffer {
  return Buffer.from(array.buffer, array.byteOffset, array.byteLength);
}

/** Null: the file is missing or is not the one that was written. */
export async function readTokenStore(path: string, sha256: string): Promise<TokenStore | null> {
  const bytes = await readFile(path).catch(() => null);
  if (bytes === null || createHash("sha256").update(bytes).digest("hex") !== sha256) {
    return null;
  }
  const own = Uint8Array.from(bytes).buffer;
  const documents = new Uint32Array(own, 0, 1)[0] ?? 0;
  const starts = new Uint32Array(own, 4, documents + 1);
  return { starts, tokens: new Uint16Array(own, 4 + 4 * (documents + 1)) };
}

import { createHash } from "node:crypto";
import { randomName } from "../platform/ids.ts";

const PREFIX = "cpm_";
/** 40 characters of the identifiers' alphabet: 196 bits. */
const LENGTH = 40;

/** A new secret. The prefix lets people and secret scanners recognise one that went astray. */
export function newTokenSecret(): string {
  return PREFIX + randomName(LENGTH);
}

/**
 * What the database keeps. A plain SHA-256 is enough for a secret of 196 random bits; looking the hash up in
 * an index compares nothing that an attacker can steer byte by byte, so timing tells nothing about a secret.
 */
export function hashToken(secret: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(createHash("sha256").update(secret, "utf8").digest());
}

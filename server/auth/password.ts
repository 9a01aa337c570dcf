import { hash, verify } from "@node-rs/argon2";

/** OWASP's first choice of 2024: 19 MiB, two passes, one lane; the library's default kind is Argon2id. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

let dummy: Promise<string> | undefined;

export function hashPassword(password: string): Promise<string> {
  return hash(password.normalize("NFKC"), COST);
}

/** Takes as long where there is nothing to compare with: time must not tell who has an account. */
export async function verifyPassword(stored: string | null, password: string): Promise<boolean> {
  dummy ??= hashPassword("nobody's password");
  const right = await verify(stored ?? (await dummy), password.normalize("NFKC"));
  return stored !== null && right;
}

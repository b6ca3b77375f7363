import { createHash, timingSafeEqual } from "node:crypto";
import { newToken } from "../../kernel/ids.ts";

/** A new API key, shown once. 256 random bits, so a plain hash of it cannot be guessed back. */
export function newApiKey(): string {
  return `heed_${newToken()}`;
}

/** What the database holds of a token: a leaked table signs nobody in. */
export function tokenHash(token: string): Buffer {
  return createHash("sha256").update(token).digest();
}

/** The part of a key by which a person recognises it. A key that somebody chose shows less. */
export function keyPrefix(key: string): string {
  return key.slice(0, /^heed_[\w-]{43}$/.test(key) ? 12 : 4);
}

/** Compares without telling by its duration how much fits. */
export function sameToken(a: string, b: string): boolean {
  return timingSafeEqual(tokenHash(a), tokenHash(b));
}

import { randomBytes, randomFillSync } from "node:crypto";

const hex = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, "0"));
const pool = Buffer.alloc(4096);
let used = pool.length;
let lastTime = 0;
let sequence = 0;

/**
 * A UUID version 7 (RFC 9562): 48 bits of Unix milliseconds, then a 12-bit
 * counter that keeps ids made in one millisecond in order, then random bits.
 */
export function newId(now: number = Date.now()): string {
  if (now > lastTime) {
    lastTime = now;
    sequence = 0;
  } else if (++sequence > 0xfff) {
    lastTime += 1;
    sequence = 0;
  }
  if (used + 8 > pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  const time = lastTime.toString(16).padStart(12, "0");
  const at = used;
  used += 8;
  const variant = ((pool[at] as number) & 0x3f) | 0x80;
  let random = "";
  for (let i = 2; i < 8; i++) random += hex[pool[at + i] as number];
  return `${time.slice(0, 8)}-${time.slice(8)}-7${sequence.toString(16).padStart(3, "0")}-${hex[variant]}${hex[pool[at + 1] as number]}-${random}`;
}

/** A token of 256 random bits in base64url, for sessions, keys and links. */
export function newToken(): string {
  return randomBytes(32).toString("base64url");
}

import { createHash } from "node:crypto";

export const firstPreviousHash = Buffer.alloc(32);

/**
 * A block's hash: SHA-256 over the hash before it, its number and the canonical
 * line of each entry in id order, so that editing, removing, adding or
 * reordering any entry or block changes every hash after it.
 */
export function blockHash(previous: Buffer, number: number, lines: readonly string[]): Buffer {
  const hash = createHash("sha256").update(previous).update(`\n${number}\n${lines.length}\n`);
  for (const line of lines)
    hash
      .update(`${Buffer.byteLength(line)}:`)
      .update(line)
      .update("\n");
  return hash.digest();
}

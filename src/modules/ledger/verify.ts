import type { Database } from "../../kernel/database/index.ts";
import { countEntriesBeyond, entriesOfBlock, listBlocks } from "./queries.ts";
import { blockHash, firstPreviousHash } from "./rules.ts";
import { type Anchor, anchorFile } from "./seal.ts";

export interface Verification {
  valid: boolean;
  blocks: number;
  entries: number;
  /** What does not fit, in the order of the chain; empty when valid. */
  problems: { block: number; problem: string }[];
}

/**
 * Recomputes the whole chain of a workspace and compares it with the anchor
 * file outside the database (invariant A1).
 */
export async function verifyLedger(db: Database, workspaceId: string): Promise<Verification> {
  const anchors = await readAnchors(db, workspaceId);
  const problems: Verification["problems"] = [];
  let previousHash: Buffer = firstPreviousHash;
  let number = 0;
  let entries = 0;
  for (;;) {
    const blocks = await db.inWorkspace(workspaceId, (tx) => listBlocks(tx, number, 200));
    if (blocks.length === 0) break;
    for (const block of blocks) {
      if (block.number !== number + 1) {
        problems.push({ block: number + 1, problem: "is missing from the chain" });
      }
      if (!block.previous_hash.equals(previousHash)) {
        problems.push({ block: block.number, problem: "does not follow the block before it" });
      }
      const lines = await db.inWorkspace(workspaceId, (tx) => entriesOfBlock(tx, block.number));
      if (lines.length !== block.entries) {
        problems.push({
          block: block.number,
          problem: `has ${lines.length} entries and was sealed with ${block.entries}`,
        });
      } else if (
        !blockHash(
          block.previous_hash,
          block.number,
          lines.map((l) => l.line),
        ).equals(block.hash)
      ) {
        problems.push({
          block: block.number,
          problem: "holds an entry that was changed after sealing",
        });
      }
      const anchored = anchors.get(block.number);
      if (anchored && !anchored.has(block.hash.toString("hex"))) {
        problems.push({ block: block.number, problem: "differs from the anchor file" });
      } else if (anchored && anchored.size > 1) {
        problems.push({
          block: block.number,
          problem:
            "was sealed with other entries before, says the anchor file: they were cut off or changed, or a backup was restored",
        });
      }
      anchors.delete(block.number);
      previousHash = block.hash;
      number = block.number;
      entries += lines.length;
    }
  }
  for (const missing of [...anchors.keys()].sort((a, b) => a - b)) {
    problems.push({
      block: missing,
      problem:
        "is in the anchor file and not in the database: the ledger was truncated or restored from a backup",
    });
  }
  const beyond = await db.inWorkspace(workspaceId, (tx) => countEntriesBeyond(tx, number));
  if (beyond > 0) {
    problems.push({
      block: number + 1,
      problem: `is missing, and ${beyond} entries belong to it or later ones`,
    });
  }
  return { valid: problems.length === 0, blocks: number, entries, problems };
}

/** Every hash that each block was ever sealed with; more than one when the chain was cut off and grew again. */
async function readAnchors(db: Database, workspaceId: string): Promise<Map<number, Set<string>>> {
  const anchors = new Map<number, Set<string>>();
  for await (const entry of db.files.read(anchorFile)) {
    const anchor = entry as Anchor;
    if (anchor.workspace_id !== workspaceId) continue;
    const hashes = anchors.get(anchor.number);
    if (hashes) hashes.add(anchor.hash);
    else anchors.set(anchor.number, new Set([anchor.hash]));
  }
  return anchors;
}

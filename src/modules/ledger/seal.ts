import type { Database, Tx } from "../../kernel/database/index.ts";
import { messageOf } from "../../kernel/errors.ts";
import {
  insertBlock,
  lastBlock,
  tryLockChain,
  unsealedEntries,
  workspacesToSeal,
} from "./queries.ts";
import { blockHash, firstPreviousHash } from "./rules.ts";

/** Name of the anchor file in the data folder: a copy of each block's hash outside the database. */
export const anchorFile = "anchor/ledger";
const entriesPerBlock = 5_000;

export interface Anchor {
  workspace_id: string;
  number: number;
  entries: number;
  hash: string;
}

/** Closes every unsealed entry of the workspace into a block. Returns how many entries. */
export async function sealLedger(tx: Tx): Promise<number> {
  if (!(await tryLockChain(tx))) return 0; // another process is sealing
  const entries = await unsealedEntries(tx, entriesPerBlock);
  if (entries.length === 0) return 0;
  const previous = await lastBlock(tx);
  const number = (previous?.number ?? 0) + 1;
  const previousHash = previous?.hash ?? firstPreviousHash;
  const hash = blockHash(
    previousHash,
    number,
    entries.map((entry) => entry.line),
  );
  await insertBlock(
    tx,
    { number, entries: entries.length, previous_hash: previousHash, hash, sealed_at: new Date() },
    entries.map((entry) => entry.id),
  );
  const anchor: Anchor = {
    workspace_id: tx.workspaceId,
    number,
    entries: entries.length,
    hash: hash.toString("hex"),
  };
  tx.afterCommit(() => tx.files.append(anchorFile, [anchor]));
  return entries.length;
}

/** Seals every workspace about once a second until stopped. */
export function startSealer(db: Database, everyMs = 1_000): { stop(): Promise<void> } {
  let running: Promise<void> = Promise.resolve();
  const timer = setInterval(() => {
    running = running
      .then(() => sealAll(db))
      .catch((error) => {
        db.log.warn({ err: messageOf(error) }, "sealing the ledger failed; it is tried again");
      });
  }, everyMs);
  return {
    async stop() {
      clearInterval(timer);
      await running;
      await sealAll(db).catch(() => {});
    },
  };
}

export async function sealAll(db: Database): Promise<void> {
  for (const workspaceId of await db.asSystem(workspacesToSeal)) {
    let sealed: number;
    do {
      sealed = await db.inWorkspace(workspaceId, sealLedger);
    } while (sealed === entriesPerBlock);
  }
}

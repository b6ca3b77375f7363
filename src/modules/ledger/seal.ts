import type { Database, Tx } from "../../kernel/database/index.ts";
import { messageOf } from "../../kernel/errors.ts";
import {
  allWorkspaces,
  type Block,
  insertBlock,
  lastBlock,
  listBlocks,
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
  const anchor = anchorOf(tx.workspaceId, { number, entries: entries.length, hash });
  tx.afterCommit(() => tx.files.append(anchorFile, [anchor]));
  return entries.length;
}

/**
 * Anchors the blocks after each workspace's last anchored one: a process that ended
 * between a block's commit and its line in the anchor file left it out.
 */
export async function anchorMissing(db: Database): Promise<number> {
  const last = new Map<string, number>();
  for await (const entry of db.files.read(anchorFile)) {
    const { workspace_id, number } = entry as Anchor;
    last.set(workspace_id, Math.max(number, last.get(workspace_id) ?? 0));
  }
  let added = 0;
  for (const workspaceId of await db.asSystem(allWorkspaces)) {
    for (let after = last.get(workspaceId) ?? 0; ; ) {
      const blocks = await db.inWorkspace(workspaceId, (tx) => listBlocks(tx, after, 500));
      const newest = blocks.at(-1);
      if (!newest) break;
      await db.files.append(
        anchorFile,
        blocks.map((block) => anchorOf(workspaceId, block)),
      );
      added += blocks.length;
      after = newest.number;
    }
  }
  return added;
}

function anchorOf(workspaceId: string, block: Pick<Block, "number" | "entries" | "hash">): Anchor {
  const { number, entries, hash } = block;
  return { workspace_id: workspaceId, number, entries, hash: hash.toString("hex") };
}

/** Anchors what an earlier process left out, then seals every workspace about once a second until stopped. */
export function startSealer(db: Database, everyMs = 1_000): { stop(): Promise<void> } {
  const failed = (error: unknown) => {
    db.log.warn({ err: messageOf(error) }, "sealing the ledger failed; it is tried again");
  };
  let anchored = false;
  const seal = async () => {
    if (!anchored) await anchorMissing(db);
    anchored = true;
    await sealAll(db);
  };
  let running: Promise<void> = seal().catch(failed);
  const timer = setInterval(() => {
    running = running.then(seal).catch(failed);
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

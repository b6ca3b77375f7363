import { linkSync, readFileSync, rmSync } from "node:fs";
import { rm, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { HeedError } from "../../errors.ts";
import { identify, type ProcessIdentity, stillRuns } from "./process-identity.ts";

/** Who may start and stop the server of a data folder: one process at a time. */
export interface Owner extends ProcessIdentity {
  /** A "guest" is a command that found no server running and brought its own. */
  role: "owner" | "guest";
  host: string;
  since: string;
}

export interface OwnerLock {
  /** Refuses when another process has taken the lock meanwhile. */
  check(): Promise<void>;
  release(): Promise<void>;
}

const lockPath = (dataDir: string) => join(dataDir, "heed.lock");

/** The process that owns the data folder now; null when none does (a lock of a dead process counts for nothing). */
export function currentOwner(dataDir: string): Owner | null {
  const owner = parse(read(lockPath(dataDir)));
  return owner !== null && stillRuns(owner) ? owner : null;
}

/**
 * Takes `<dataDir>/heed.lock` for this process.
 * @throws HeedError `data_folder_in_use`, naming the process that has it.
 */
export async function takeOwnership(dataDir: string, role: Owner["role"]): Promise<OwnerLock> {
  const path = lockPath(dataDir);
  const self = identify(process.pid) ?? { pid: process.pid, started: "unknown" };
  const mine = JSON.stringify({
    ...self,
    role,
    host: hostname(),
    since: new Date().toISOString(),
  } satisfies Owner);
  const draft = `${path}.${process.pid}.${Math.random().toString(36).slice(2)}`;
  try {
    await writeFile(draft, mine, { flag: "wx", mode: 0o600 });
    while (!linkUnlessThere(draft, path)) await clearStale(dataDir, draft);
  } finally {
    await rm(draft, { force: true });
  }
  return {
    check: async () => {
      if (read(path) !== mine) throw inUse(dataDir, currentOwner(dataDir));
    },
    release: async () => {
      if (read(path) === mine) await rm(path, { force: true });
    },
  };
}

export function inUse(dataDir: string, owner: Owner | null): HeedError {
  const who =
    owner === null
      ? "another Heed"
      : owner.role === "guest"
        ? `a heed command, process ${owner.pid}`
        : `another Heed, process ${owner.pid}`;
  const kill = owner === null ? "" : ` (kill ${owner.pid})`;
  const first =
    owner?.role === "guest" ? "Wait until it has finished" : `Stop that one first${kill}`;
  return new HeedError(
    "data_folder_in_use",
    `The data folder ${dataDir} is in use by ${who}${owner ? ` (since ${owner.since})` : ""}. ${first}, or set HEED_DATA to another folder.`,
    { dataDir, pid: owner?.pid },
  );
}

/** link(2) makes the lock appear whole or not at all, so that nobody reads half of it. */
function linkUnlessThere(draft: string, path: string): boolean {
  try {
    linkSync(draft, path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}

/**
 * Removes a dead process's lock. Of several that find it dead, the slower must
 * not remove what the faster has taken since, so looking again and removing
 * happen behind a second lock, held for no longer than these few lines.
 */
async function clearStale(dataDir: string, draft: string): Promise<void> {
  const guard = `${lockPath(dataDir)}.clearing`;
  if (!linkUnlessThere(draft, guard)) {
    const text = read(guard);
    if (text !== null && !isHeld(text)) rmSync(guard, { force: true });
    await sleep(10);
    return;
  }
  try {
    const owner = currentOwner(dataDir);
    if (owner !== null) throw inUse(dataDir, owner);
    rmSync(lockPath(dataDir), { force: true });
  } finally {
    rmSync(guard, { force: true });
  }
}

function isHeld(text: string): boolean {
  const owner = parse(text);
  return owner !== null && stillRuns(owner);
}

function read(path: string): string | null {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
}

function parse(text: string | null): Owner | null {
  try {
    const owner: unknown = JSON.parse(text ?? "null");
    const known =
      typeof owner === "object" && owner !== null && "pid" in owner && "started" in owner;
    return known && typeof owner.pid === "number" ? (owner as Owner) : null;
  } catch {
    return null;
  }
}

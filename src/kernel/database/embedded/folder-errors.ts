import { statfsSync } from "node:fs";
import { HeedError, messageOf } from "../../errors.ts";

const FULL = new Set(["ENOSPC", "EDQUOT"]);
const NOT_WRITABLE = new Set(["EACCES", "EPERM", "EROFS", "ENOTDIR", "EEXIST", "ENOENT", "EISDIR"]);

/** What PostgreSQL, speaking English, writes to its log when the disk is full; the hint is its own, for a short write. */
const SAYS_FULL = /No space left on device|Disk quota exceeded|HINT:\s+Check free disk space/;

/** Turns a file system error met in the data folder into one that says what to do; others pass unchanged. */
export function folderError(error: unknown, dataDir: string): unknown {
  const code = (error as NodeJS.ErrnoException | null)?.code ?? "";
  const { syscall = "" } = (error ?? {}) as NodeJS.ErrnoException;
  if (error instanceof HeedError || syscall.startsWith("spawn")) return error;
  if (FULL.has(code)) return folderFull(dataDir, error);
  if (NOT_WRITABLE.has(code)) return folderNotWritable(dataDir, messageOf(error), error);
  return error;
}

/** The kernel says "no space" of shared memory too, which is no matter of the disk (shmget(2)). */
export function saysDiskFull(log: string): boolean {
  return log.split("\n").some((line) => SAYS_FULL.test(line) && !line.includes("shared memory"));
}

export function folderFull(dataDir: string, cause?: unknown): HeedError {
  return new HeedError(
    "data_folder_full",
    `The disk that holds the data folder ${dataDir} is full${freeSpace(dataDir)}. Free some space, then start Heed again: what was stored is kept.`,
    { dataDir },
    { cause },
  );
}

export function folderNotWritable(dataDir: string, why: string, cause?: unknown): HeedError {
  return new HeedError(
    "data_folder_not_writable",
    `Heed cannot write to its data folder ${dataDir} (${why}). Make it a folder that this user may write to, or set HEED_DATA to another one.`,
    { dataDir },
    { cause },
  );
}

function freeSpace(dataDir: string): string {
  try {
    const { bavail, bsize } = statfsSync(dataDir);
    return ` (${Math.floor((bavail * bsize) / 1024 / 1024)} MB free)`;
  } catch {
    return "";
  }
}

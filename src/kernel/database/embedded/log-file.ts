import { type FileHandle, open, rename, stat } from "node:fs/promises";
import { join } from "node:path";

const LARGE = 10 * 1024 * 1024;

export const logPathOf = (dataDir: string) => join(dataDir, "postgres.log");

/** The server's log of one start: where it writes, and what it wrote since. */
export interface LogFile {
  fd: number;
  since(): Promise<string>;
  close(): Promise<void>;
}

/** Opens `<dataDir>/postgres.log` for appending; a large one first becomes `postgres.log.1`. */
export async function openLog(dataDir: string): Promise<LogFile> {
  const path = logPathOf(dataDir);
  const before = await stat(path).catch(() => null);
  if (before !== null && before.size > LARGE) await rename(path, `${path}.1`);
  const file = await open(path, "a+", 0o600);
  const { size: start } = await file.stat();
  return { fd: file.fd, since: () => readFrom(file, start), close: () => file.close() };
}

async function readFrom(file: FileHandle, start: number): Promise<string> {
  const { size } = await file.stat();
  const most = 64 * 1024;
  const from = Math.max(start, size - most);
  const { buffer, bytesRead } = await file.read(Buffer.alloc(most), 0, most, from);
  return buffer.subarray(0, bytesRead).toString("utf8");
}

/** The last lines of a log, for a message to a person. */
export function lastLines(log: string, count = 8): string {
  return log.trim().split("\n").slice(-count).join("\n");
}

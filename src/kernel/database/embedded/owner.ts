import { rm } from "node:fs/promises";
import pg from "pg";
import { findBinaries } from "./binaries.ts";
import { clusterDirOf, DATABASE, prepareCluster, USER } from "./cluster.ts";
import type { EmbeddedServer } from "./index.ts";
import { launch, type Running } from "./launch.ts";
import { adoptLeftBehind, refuseUnseenServer } from "./left-behind.ts";
import { logPathOf } from "./log-file.ts";
import { type Owner, takeOwnership } from "./owner-lock.ts";
import { runUser } from "./run-user.ts";
import { describe } from "./server.ts";
import { shutDown } from "./shut-down.ts";

/** Takes the data folder and has its server running: one left behind, or a new one. */
export async function startAsOwner(options: {
  dataDir: string;
  role: Owner["role"];
  log: (message: string) => void;
}): Promise<EmbeddedServer> {
  const { dataDir, role, log } = options;
  await refuseUnseenServer({ dataDir });
  const lock = await takeOwnership(dataDir, role);
  let running: Running | null = null;
  try {
    const user = runUser(clusterDirOf(dataDir));
    const binaries = await findBinaries({ dataDir, user, log });
    await prepareCluster({ dataDir, binaries, user, log });
    const adopted = await adoptLeftBehind({ dataDir, binaries, user, log });
    running = adopted ?? (await launch({ dataDir, binaries, user, log }));
    await makeDatabase(running.socketDir);
    await lock.check();
    const stop = stopper({ dataDir, running, log, release: lock.release });
    return describe({ socketDir: running.socketDir, adopted: adopted !== null, stop });
  } catch (error) {
    if (running) await shutDown(running.process, { log });
    await lock.release().catch(() => {});
    throw error;
  }
}

/** Stopping twice is stopping once. */
function stopper(options: {
  dataDir: string;
  running: Running;
  log: (message: string) => void;
  release: () => Promise<void>;
}): () => Promise<void> {
  const { dataDir, running, log, release } = options;
  let stopping: Promise<void> | null = null;
  running.onEnd?.(() => {
    if (stopping === null)
      log(`The embedded PostgreSQL has ended unexpectedly; see ${logPathOf(dataDir)}`);
  });
  const stop = async () => {
    await shutDown(running.process, { log });
    if (running.socketDir !== clusterDirOf(dataDir))
      await rm(running.socketDir, { recursive: true, force: true });
    await release();
  };
  return () => (stopping ??= stop());
}

/** initdb makes `postgres`, `template0` and `template1`; a first start may have been cut short before this. */
async function makeDatabase(socketDir: string): Promise<void> {
  const client = new pg.Client({
    host: socketDir,
    port: 5432,
    user: USER,
    database: "postgres",
    ssl: false,
  });
  await client.connect();
  try {
    const { rowCount } = await client.query("SELECT FROM pg_database WHERE datname = $1", [
      DATABASE,
    ]);
    if (rowCount === 0) await client.query(`CREATE DATABASE ${DATABASE}`);
  } finally {
    await client.end();
  }
}

import { setTimeout as sleep } from "node:timers/promises";
import { HeedError, isHeedError } from "../../errors.ts";
import { clusterDirOf } from "./cluster.ts";
import type { EmbeddedServer } from "./index.ts";
import { startAsOwner } from "./owner.ts";
import { currentOwner, type Owner } from "./owner-lock.ts";
import { askServer, readPostmaster } from "./postmaster.ts";
import { stillRuns } from "./process-identity.ts";
import { describe } from "./server.ts";

/** How long an owner may take to have its server running, as when it makes a new database. */
const PATIENCE = 60_000;

/** Uses the server that an owner runs; when there is none, owns one until it is stopped. */
export async function startAsGuest(options: {
  dataDir: string;
  log: (message: string) => void;
}): Promise<EmbeddedServer> {
  for (;;) {
    const owner = currentOwner(options.dataDir);
    if (owner !== null) {
      const server = await visit(options.dataDir, owner);
      if (server !== null) return server;
      continue;
    }
    try {
      return await startAsOwner({ ...options, role: "guest" });
    } catch (error) {
      // Somebody was quicker: be their guest.
      const lostTheRace = isHeedError(error) && error.code === "data_folder_in_use";
      if (!lostTheRace || currentOwner(options.dataDir) === null) throw error;
    }
  }
}

/** Null when the owner ended before its server was there. */
async function visit(dataDir: string, owner: Owner): Promise<EmbeddedServer | null> {
  const deadline = Date.now() + PATIENCE;
  while (Date.now() < deadline) {
    const there = await readPostmaster({ clusterDir: clusterDirOf(dataDir), dataDir });
    if (there?.process && there.ready && (await askServer(there.socketDir)).says === "ready") {
      return describe({ socketDir: there.socketDir, adopted: true, stop: async () => {} });
    }
    if (!stillRuns(owner)) return null;
    await sleep(50);
  }
  throw new HeedError(
    "postgres_did_not_start",
    `Heed runs on ${dataDir} as process ${owner.pid}, but its database has not answered for ${PATIENCE / 1000} seconds. Look at postgres.log in that folder, or stop that process (kill ${owner.pid}) and try again.`,
    { dataDir, pid: owner.pid },
  );
}

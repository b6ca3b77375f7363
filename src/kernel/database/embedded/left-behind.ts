import { setTimeout as sleep } from "node:timers/promises";
import { HeedError } from "../../errors.ts";
import type { Binaries } from "./binaries.ts";
import { clusterDirOf } from "./cluster.ts";
import type { Running } from "./launch.ts";
import {
  askServer,
  disownPid,
  readPostmaster,
  socketAnswers,
  systemIdentifierOf,
} from "./postmaster.ts";
import { type ProcessIdentity, stillRuns, waitForEnd } from "./process-identity.ts";
import type { RunUser } from "./run-user.ts";
import { shutDown } from "./shut-down.ts";

interface Context {
  dataDir: string;
  log: (message: string) => void;
}

/**
 * The server that a killed Heed left running on this folder, if it is sound
 * and of this version. One that is not is ended. Null when none is left: the
 * caller starts one, and that recovers by itself what a killed server left.
 */
export async function adoptLeftBehind(
  context: Context & { binaries: Binaries; user: RunUser | null },
): Promise<Running | null> {
  const { dataDir, log, binaries, user } = context;
  const clusterDir = clusterDirOf(dataDir);
  const left = await readPostmaster({ clusterDir, dataDir });
  if (left === null) return null;
  if (left.process === null) {
    log("The database was not shut down cleanly the last time; it recovers by itself.");
    await disownPid(clusterDir, user);
    return null;
  }
  const reason = await whyNotUse({
    server: left.process,
    socketDir: left.socketDir,
    clusterDir,
    version: binaries.version,
  });
  if (reason === "has ended") {
    await disownPid(clusterDir, user);
    return null;
  }
  if (reason === null) {
    log(`Taking over the database server that an earlier Heed left running (process ${left.pid}).`);
    return { process: left.process, socketDir: left.socketDir };
  }
  log(
    `An earlier Heed left a database server running (process ${left.pid}) that ${reason}; ending it and starting anew.`,
  );
  await shutDown(left.process, {
    log,
    patience: reason.startsWith("does not answer") ? 5_000 : 60_000,
  });
  // Nothing may collect a killed process in a container; PostgreSQL would take it for a running one.
  await disownPid(clusterDir, user);
  return null;
}

/** Null when the server answers, is of this version and serves these files; otherwise what is wrong with it. */
async function whyNotUse(options: {
  server: ProcessIdentity;
  socketDir: string;
  clusterDir: string;
  version: string;
}): Promise<string | null> {
  const { server, socketDir, clusterDir, version } = options;
  while (stillRuns(server)) {
    const answer = await askServer(socketDir);
    // One that was killed this moment still has its number.
    if (answer.says === "nothing" && (await waitForEnd(server, 500))) break;
    if (answer.says === "nothing") return `does not answer (${answer.why})`;
    if (answer.says === "ready") {
      if (answer.systemIdentifier !== (await systemIdentifierOf(clusterDir)))
        return "serves other files";
      return answer.version === version
        ? null
        : `is of version ${answer.version} instead of ${version}`;
    }
    await sleep(100);
  }
  return "has ended";
}

/**
 * Refuses when something answers on the folder's socket that is no process we
 * can see: a Heed in another container on the same folder. Two servers on the
 * same files would destroy them, and a lock by pid does not see across.
 * @throws HeedError `data_folder_in_use`
 */
export async function refuseUnseenServer({ dataDir }: { dataDir: string }): Promise<void> {
  const left = await readPostmaster({ clusterDir: clusterDirOf(dataDir), dataDir });
  if (left === null || left.process !== null || !(await socketAnswers(left.socketDir))) return;
  throw new HeedError(
    "data_folder_in_use",
    `The data folder ${dataDir} is in use: its database answers, as process ${left.pid} of another container or machine. Stop the Heed that runs there, or set HEED_DATA to another folder.`,
    { dataDir, pid: left.pid },
  );
}

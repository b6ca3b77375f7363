import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { HeedError } from "../../errors.ts";
import type { Binaries } from "./binaries.ts";
import { clusterDirOf, writeInCluster } from "./cluster.ts";
import { folderFull, saysDiskFull } from "./folder-errors.ts";
import { lastLines, logPathOf, openLog } from "./log-file.ts";
import { thisMachine } from "./machine.ts";
import { readPostmaster } from "./postmaster.ts";
import { identify, type ProcessIdentity } from "./process-identity.ts";
import { spawnInFolder } from "./run-in-folder.ts";
import type { RunUser } from "./run-user.ts";
import { fixedSettings, serverSettings, settingsFile } from "./settings.ts";
import { socketPlace } from "./socket-dir.ts";

interface Launch {
  dataDir: string;
  binaries: Binaries;
  user: RunUser | null;
  log: (message: string) => void;
}

export interface Running {
  process: ProcessIdentity;
  socketDir: string;
  /** Called when the server ends; not for an adopted one, whose end nobody is told of. */
  onEnd?: (listener: () => void) => void;
}

/** Said while children of a killed server still finish; they end by themselves when they notice. */
const STILL_IN_USE = /pre-existing shared memory block/;

/**
 * Starts the server and waits until it answers, however long a recovery takes.
 * @throws HeedError `data_folder_full` or `postgres_did_not_start`, with the last lines of its log.
 */
export async function launch(options: Launch): Promise<Running> {
  const deadline = Date.now() + 30_000;
  for (;;) {
    const outcome = await launchOnce(options);
    if ("process" in outcome) return outcome;
    if (saysDiskFull(outcome.log)) throw folderFull(options.dataDir);
    if (!STILL_IN_USE.test(outcome.log) || Date.now() > deadline)
      throw didNotStart(options.dataDir, outcome.log);
    await sleep(500);
  }
}

async function launchOnce({
  dataDir,
  binaries,
  user,
  log,
}: Launch): Promise<Running | { log: string }> {
  const clusterDir = clusterDirOf(dataDir);
  const text = settingsFile(serverSettings(thisMachine(dataDir)));
  await writeInCluster({ clusterDir, name: "heed.conf", text, user });
  const socket = await socketPlace({ clusterDir, user, log });
  const settings = fixedSettings({ socketDir: socket.forServer, dataDir });
  const file = await openLog(dataDir);
  try {
    const child = await spawnInFolder({
      program: join(binaries.native, "bin/postgres"),
      folder: clusterDir,
      user,
      output: file.fd,
      args: (folder) => [
        "-D",
        folder,
        ...Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]),
      ],
    });
    const ended = new Promise<void>((resolve, reject) => {
      child.once("error", reject);
      child.once("exit", () => resolve());
    });
    const ready = await Promise.race([
      waitUntilReady({ clusterDir, dataDir, pid: () => child.pid, log }),
      ended,
    ]);
    const running = identify(child.pid ?? 0);
    if (ready !== true || running === null) return { log: await file.since() };
    child.unref();
    return {
      process: running,
      socketDir: socket.forClients,
      onEnd: (listener) => child.once("exit", listener),
    };
  } finally {
    await file.close();
  }
}

/** True when ready; false when the process is gone first. */
async function waitUntilReady(options: {
  clusterDir: string;
  dataDir: string;
  pid: () => number | undefined;
  log: (message: string) => void;
}): Promise<boolean> {
  const { clusterDir, dataDir, pid, log } = options;
  let tell = Date.now() + 10_000;
  while (identify(pid() ?? 0) !== null) {
    const said = await readPostmaster({ clusterDir, dataDir });
    if (said?.pid === pid() && said?.ready) return true;
    if (Date.now() > tell) {
      log(
        `The database is still starting (recovering what was under way when it last ended); see ${logPathOf(dataDir)}`,
      );
      tell = Date.now() + 30_000;
    }
    await sleep(10);
  }
  return false;
}

export function didNotStart(dataDir: string, log: string): HeedError {
  return new HeedError(
    "postgres_did_not_start",
    `The embedded PostgreSQL did not start. Its log ${logPathOf(dataDir)} ends:\n${lastLines(log) || "(nothing was written)"}`,
    { dataDir },
  );
}

import { setTimeout as sleep } from "node:timers/promises";
import { type ProcessIdentity, signal, waitForEnd } from "./process-identity.ts";

/**
 * Ends the server: a fast shutdown, which cuts connections and writes all to
 * disk; when it has not ended after `patience` milliseconds, an immediate one,
 * after which the next start recovers. Signals as PostgreSQL's documentation
 * names them ("Shutting Down the Server").
 */
export async function shutDown(
  server: ProcessIdentity,
  options: { log: (message: string) => void; patience?: number },
): Promise<void> {
  const { log, patience = 60_000 } = options;
  signal(server, "SIGINT");
  if (await waitForEnd(server, patience)) return;
  log(
    "The database is taking too long to shut down; ending it at once. The next start recovers, and nothing is lost.",
  );
  signal(server, "SIGQUIT");
  if (await waitForEnd(server, 5_000)) return;
  signal(server, "SIGKILL");
  await waitForEnd(server, 10_000);
  // Its children notice within moments.
  await sleep(200);
}

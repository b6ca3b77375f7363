import { closeDatabase, type Installation, openDatabase } from "./open-database.ts";
import { registerWorker } from "./stage.ts";
import { startWorker } from "./start-worker.ts";

/** A sender in a process of its own: says `ready`, sends until it is told to `stop`, says `stopped`. */
async function main(): Promise<void> {
  const { workerId, installation } = JSON.parse(process.argv[2] ?? "{}") as {
    workerId: string;
    installation: Installation;
  };
  const db = openDatabase(installation);
  await registerWorker(db, workerId);
  const sender = startWorker(db, { workerId });
  process.on("message", (message) => {
    if (message !== "stop") return;
    void (async () => {
      await sender.stop();
      await closeDatabase(db);
      process.send?.("stopped", () => process.exit(0));
    })();
  });
  process.on("disconnect", () => process.exit(1));
  process.send?.("ready");
}

void main();

/** Runs an import until it ends or is killed; says so when it begins. */
import { Database } from "../../kernel/database/index.ts";
import { DurableFiles } from "../../kernel/durable-files.ts";
import { createLog } from "../../kernel/log.ts";
import { Secrets } from "../../kernel/secrets.ts";
import { type ImportWork, runImport } from "./run-import.ts";

const [url, dataDir, secret, work] = process.argv.slice(2) as [string, string, string, string];
const files = new DurableFiles(dataDir);
const db = new Database({
  url,
  files,
  secrets: new Secrets([Buffer.from(secret, "hex")]),
  log: createLog("silent"),
});
await runImport(db, {
  ...(JSON.parse(work) as ImportWork),
  onProgress: ({ done }) => process.stdout.write(`${done}\n`),
});
await db.close();
await files.close();

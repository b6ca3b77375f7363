import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Database } from "../../src/kernel/database/index.ts";
import { DurableFiles } from "../../src/kernel/durable-files.ts";
import { createLog } from "../../src/kernel/log.ts";
import type { Reaction } from "../../src/kernel/reactions.ts";
import { Secrets } from "../../src/kernel/secrets.ts";
import { run, templateName, urlOf } from "./server.ts";

export interface TestDatabase {
  db: Database;
  url: string;
  /** A data folder of its own: journal, anchor, uploads. */
  dataDir: string;
  close(): Promise<void>;
}

/** A migrated, empty database of its own on the run's server, and its data folder. */
export async function freshDatabase(
  options: { poolSize?: number; reactions?: readonly Reaction[] } = {},
): Promise<TestDatabase> {
  const server = process.env.HEED_TEST_URL;
  if (!server)
    throw new Error("No test server: run through vitest, whose global set-up starts one.");
  const name = `t_${randomBytes(6).toString("hex")}`;
  await run(server, `CREATE DATABASE ${name} TEMPLATE ${templateName}`);
  const dataDir = mkdtempSync(join(tmpdir(), "heed-data-"));
  const files = new DurableFiles(dataDir);
  const url = urlOf(server, name);
  const db = new Database({
    url,
    poolSize: options.poolSize ?? 10,
    secrets: new Secrets([randomBytes(32)]),
    files,
    log: createLog(process.env.HEED_TEST_LOG ?? "silent"),
    reactions: options.reactions ?? [],
  });
  return {
    db,
    url,
    dataDir,
    async close() {
      await db.close();
      await files.close();
      await run(server, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

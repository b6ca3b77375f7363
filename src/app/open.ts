import type { Resolver as DnsResolver } from "node:dns/promises";
import { join } from "node:path";
import pg from "pg";
import type { Config } from "../kernel/config.ts";
import { makeDataFolder, startEmbedded } from "../kernel/database/embedded/index.ts";
import { checkServer, Database, migrate } from "../kernel/database/index.ts";
import { DurableFiles } from "../kernel/durable-files.ts";
import { isHeedError } from "../kernel/errors.ts";
import { createLog, type Log } from "../kernel/log.ts";
import { packageRoot } from "../kernel/package-root.ts";
import { loadSecrets, wrongSecret } from "../kernel/secrets.ts";
import { checkCanary, hasCanary } from "../modules/access/index.ts";
import { Reader } from "../modules/inbound/index.ts";
import { openResolver } from "../modules/verification/index.ts";
import { reactions } from "./reactions.ts";

export interface Heed {
  db: Database;
  log: Log;
  config: Config;
  /** Looks up mail domains; null where none is set. */
  resolver: DnsResolver | null;
  /** Reads incoming mail in a thread of its own. */
  reader: Reader;
  close(): Promise<void>;
}

/**
 * Opens an installation: its server (the embedded one unless DATABASE_URL names
 * another), its schema, its secret. Nothing is left running when it throws.
 * `guest` is for commands beside a running Heed.
 */
export async function openHeed(
  config: Config,
  options: { role: "owner" | "guest"; say: (message: string) => void },
): Promise<Heed> {
  const log = createLog(config.logLevel);
  const resolver = config.dnsServer === null ? null : openResolver(config.dnsServer);
  const closers: (() => Promise<void>)[] = [];
  const close = async () => {
    for (const each of closers.reverse()) await each();
    closers.length = 0;
  };
  try {
    let url = config.databaseUrl;
    if (url === null) {
      const embedded = await startEmbedded({
        dataDir: config.dataDir,
        log: options.say,
        role: options.role,
      });
      closers.push(() => embedded.stop());
      url = embedded.url;
    } else {
      await makeDataFolder(config.dataDir);
      await checkServer(url);
    }
    await migrate(url, join(packageRoot, "migrations"));
    const secrets = loadSecrets(config.secretFile, { mayCreate: !(await isMarked(url)) });
    const files = new DurableFiles(config.dataDir);
    closers.push(() => files.close());
    const db = new Database({ url, secrets, files, log, reactions });
    closers.push(() => db.close());
    await checkCanary(db).catch((error) => {
      throw isHeedError(error) && error.code === "secret_wrong"
        ? wrongSecret(config.secretFile)
        : error;
    });
    const reader = new Reader();
    closers.push(() => reader.close());
    return { db, log, config, resolver, reader, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Whether the database was made with a secret already, asked before one is loaded. */
async function isMarked(url: string): Promise<boolean> {
  const pool = new pg.Pool({ connectionString: url, max: 1 });
  try {
    return await hasCanary(pool);
  } finally {
    await pool.end();
  }
}

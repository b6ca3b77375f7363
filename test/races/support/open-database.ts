import { Database } from "../../../src/kernel/database/index.ts";
import { DurableFiles } from "../../../src/kernel/durable-files.ts";
import { createLog } from "../../../src/kernel/log.ts";
import { type Reaction, when } from "../../../src/kernel/reactions.ts";
import { Secrets } from "../../../src/kernel/secrets.ts";
import { stopsMade } from "../../../src/modules/consent/index.ts";
import { cancelCovered, stopMessages } from "../../../src/modules/sending/index.ts";

/** What a process needs to open the same installation: database, data folder, secret. */
export interface Installation {
  url: string;
  dataDir: string;
  /** 64 hexadecimal digits. */
  secret: string;
  poolSize?: number;
}

/** What every Heed does on a stop, as app/reactions.ts has it. */
export const stopReactions: readonly Reaction[] = [when(stopsMade, stopMessages)];

/** The part of it that belongs to the stop's transaction, without the wait for hand-overs that never happen. */
export const cancelOnly: readonly Reaction[] = [
  when(stopsMade, async (tx, { stops, holders }) => {
    await cancelCovered(tx, [...stops.map((stop) => stop.subject), ...holders], null);
  }),
];

/** One installation's database with its journal, as each of several processes opens it. */
export function openDatabase(
  installation: Installation,
  reactions: readonly Reaction[] = stopReactions,
): Database {
  return new Database({
    url: installation.url,
    poolSize: installation.poolSize ?? 8,
    secrets: new Secrets([Buffer.from(installation.secret, "hex")]),
    files: new DurableFiles(installation.dataDir),
    log: createLog(process.env.HEED_TEST_LOG ?? "silent"),
    reactions,
  });
}

export async function closeDatabase(db: Database): Promise<void> {
  await db.close();
  await db.files.close();
}

import type { KyselyPlugin } from "kysely";
import type { Tx } from "../../../src/kernel/database/index.ts";

/** The same transaction with a pause of random length after every statement: the windows between them grow wide. */
export function slowly(tx: Tx, mostMs: number): Tx {
  const pause: KyselyPlugin = {
    transformQuery: ({ node }) => node,
    async transformResult({ result }) {
      await new Promise((wake) => setTimeout(wake, Math.random() * mostMs));
      return result;
    },
  };
  const { workspaceId, database, secrets, files, log, reactions, afterCommit } = tx;
  return Object.assign(tx.withPlugin(pause), {
    workspaceId,
    database,
    secrets,
    files,
    log,
    reactions,
    afterCommit,
  }) as Tx;
}

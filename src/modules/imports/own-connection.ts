import { finished } from "node:stream/promises";
import type pg from "pg";
import { from as copyFrom } from "pg-copy-streams";
import { Database } from "../../kernel/database/index.ts";

/**
 * A connection that one import has to itself: its temporary tables live on it, and COPY runs in
 * the same transaction as the statements that apply what was copied.
 */
export class OwnConnection {
  readonly db: Database;
  #client: pg.PoolClient | undefined;

  constructor(of: Database) {
    this.db = new Database({
      url: of.url,
      poolSize: 1,
      secrets: of.secrets,
      files: of.files,
      log: of.log,
      reactions: of.reactions,
    });
    this.db.pool.on("acquire", (client) => {
      this.#client = client as pg.PoolClient;
    });
  }

  /** Copies text into a table, inside the transaction that runs on this connection. */
  async copy(statement: string, pieces: readonly Buffer[]): Promise<void> {
    if (!this.#client) throw new Error("copy() runs inside a transaction of this connection.");
    const stream = this.#client.query(copyFrom(statement));
    const done = finished(stream);
    for (const piece of pieces) {
      if (!stream.write(piece))
        await Promise.race([new Promise((go) => stream.once("drain", go)), done]);
    }
    stream.end();
    await done;
  }

  close(): Promise<void> {
    return this.db.close();
  }
}

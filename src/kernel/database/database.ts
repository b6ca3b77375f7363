import { Kysely, PostgresDialect, sql, type Transaction } from "kysely";
import pg from "pg";
import type { DurableFiles } from "../durable-files.ts";
import { HeedError, messageOf } from "../errors.ts";
import type { Log } from "../log.ts";
import type { Reaction } from "../reactions.ts";
import type { Secrets } from "../secrets.ts";
import { preparingPool } from "./preparing-pool.ts";

// Counters fit a double; a string would turn every sum into a concatenation.
pg.types.setTypeParser(pg.types.builtins.INT8, Number);

// Statements are written as SQL; the builder's table types are not used.
type Tables = Record<string, never>;

/** What a transaction carries beside its connection. */
interface Surroundings {
  /** For what has to be asked after the commit. */
  readonly database: Database;
  readonly secrets: Secrets;
  readonly files: DurableFiles;
  readonly log: Log;
  /** What follows from what, in this same transaction (app/reactions.ts). */
  readonly reactions: readonly Reaction[];
  /**
   * Runs after the commit and before whoever began the transaction is answered,
   * in order of registration: journals, waits. Never runs on rollback.
   */
  afterCommit(act: () => Promise<void>): void;
}

/** A transaction that may see one workspace. */
export type Tx = Transaction<Tables> & Surroundings & { readonly workspaceId: string };

/** A transaction of the system role: the few tables with a system_read policy, read-only. */
export type SystemTx = Transaction<Tables> & Surroundings;

export interface DatabaseOptions {
  url: string;
  poolSize?: number;
  secrets: Secrets;
  files: DurableFiles;
  log: Log;
  reactions?: readonly Reaction[];
}

/** The database: a pool, and the only two ways to begin a transaction on it. */
export class Database {
  readonly pool: pg.Pool;
  readonly secrets: Secrets;
  readonly files: DurableFiles;
  readonly log: Log;
  readonly url: string;
  readonly reactions: readonly Reaction[];
  readonly #kysely: Kysely<Tables>;
  readonly #prepared: Kysely<Tables>;

  constructor(options: DatabaseOptions) {
    this.url = options.url;
    this.secrets = options.secrets;
    this.files = options.files;
    this.log = options.log;
    this.reactions = options.reactions ?? [];
    this.pool = new pg.Pool({
      connectionString: options.url,
      max: options.poolSize ?? 20,
      application_name: "heed",
    });
    // An idle connection that breaks is replaced at its next use.
    this.pool.on("error", (error) =>
      options.log.warn({ err: error.message }, "database connection lost"),
    );
    this.pool.on("connect", (client) => {
      client.on("error", (error) =>
        options.log.warn({ err: error.message }, "database connection lost"),
      );
    });
    this.#kysely = new Kysely<Tables>({ dialect: new PostgresDialect({ pool: this.pool }) });
    this.#prepared = new Kysely<Tables>({
      dialect: new PostgresDialect({ pool: preparingPool(this.pool) }),
    });
  }

  /** Runs `act` in one transaction that sees `workspaceId` alone (READ COMMITTED). */
  inWorkspace<T>(workspaceId: string, act: (tx: Tx) => Promise<T>): Promise<T> {
    return this.#begin(this.#kysely, "heed_app", workspaceId, (tx) => act(tx as Tx));
  }

  /** The same with prepared statements, for the few that the sender and the sequencer run all the time. */
  inWorkspacePrepared<T>(workspaceId: string, act: (tx: Tx) => Promise<T>): Promise<T> {
    return this.#begin(this.#prepared, "heed_app", workspaceId, (tx) => act(tx as Tx));
  }

  /** Runs `act` as the system role, which reads across workspaces and writes nothing of theirs. */
  asSystem<T>(act: (tx: SystemTx) => Promise<T>): Promise<T> {
    return this.#begin(this.#kysely, "heed_system", "", act);
  }

  async #begin<T>(
    kysely: Kysely<Tables>,
    role: string,
    workspaceId: string,
    act: (tx: SystemTx) => Promise<T>,
  ): Promise<T> {
    const afterwards: (() => Promise<void>)[] = [];
    const result = await inTransaction(kysely, role, workspaceId, async (transaction) => {
      const tx = Object.assign(transaction, {
        workspaceId,
        database: this as Database,
        secrets: this.secrets,
        files: this.files,
        log: this.log,
        reactions: this.reactions,
        afterCommit: (then: () => Promise<void>) => void afterwards.push(then),
      });
      return act(tx);
    });
    for (const then of afterwards) await then();
    return result;
  }

  /**
   * A connection of its own that stays in one workspace, for reads that are
   * asked thousands of times a second: prepared once, one round trip each.
   */
  async pinnedTo(workspaceId: string): Promise<PinnedConnection> {
    const client = new pg.Client({ connectionString: this.url, application_name: "heed pinned" });
    client.on("error", (error) => this.log.warn({ err: error.message }, "pinned connection lost"));
    await client.connect();
    await client.query(
      "SELECT set_config('role', 'heed_app', false), set_config('heed.workspace_id', $1, false)",
      [workspaceId],
    );
    return {
      async query<Row>(name: string, text: string, values: unknown[]): Promise<Row[]> {
        return (await client.query({ name, text, values })).rows as Row[];
      },
      close: () => client.end(),
    };
  }

  async close(): Promise<void> {
    await this.#kysely.destroy();
  }
}

/** BEGIN, role and workspace in one round trip; COMMIT, or ROLLBACK when `act` throws. */
function inTransaction<T>(
  kysely: Kysely<Tables>,
  role: string,
  workspaceId: string,
  act: (transaction: Transaction<Tables>) => Promise<T>,
): Promise<T> {
  const begin = `BEGIN; SELECT set_config('role', ${pg.escapeLiteral(role)}, true), set_config('heed.workspace_id', ${pg.escapeLiteral(workspaceId)}, true)`;
  return kysely.connection().execute(async (connection) => {
    try {
      await sql.raw(begin).execute(connection);
      // To the builder a transaction is a connection that another begins and ends.
      const result = await act(connection as Transaction<Tables>);
      await sql`COMMIT`.execute(connection);
      return result;
    } catch (error) {
      // A connection that is gone has rolled back already.
      await sql`ROLLBACK`.execute(connection).catch(() => {});
      throw error;
    }
  });
}

export interface PinnedConnection {
  /** Runs a prepared statement; the same name always stands for the same text. */
  query<Row>(name: string, text: string, values: unknown[]): Promise<Row[]>;
  close(): Promise<void>;
}

/** Whether an error came from the database or the way to it, and so says nothing of what was asked. */
export function isDatabaseFault(error: unknown): boolean {
  if (error instanceof pg.DatabaseError) return true;
  if (!(error instanceof Error) || error instanceof HeedError) return false;
  // What pg and Node throw when a connection ends or cannot be opened.
  return (
    ("syscall" in error && "code" in error) ||
    /^Connection terminated|^timeout exceeded|not queryable|^Client was closed/.test(error.message)
  );
}

/** Refuses a server that cannot be reached or is too old, saying what to do. */
export async function checkServer(url: string): Promise<void> {
  let client: pg.Client;
  try {
    client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  } catch (error) {
    throw new HeedError(
      "bad_database_url",
      `DATABASE_URL cannot be read (${messageOf(error)}). It must look like postgres://user:password@host:5432/database, with special characters of the password percent-encoded. Unset it to use the embedded server.`,
    );
  }
  // A connection that breaks between two messages must not end the process.
  client.on("error", () => {});
  try {
    await client.connect();
  } catch (error) {
    throw new HeedError(
      "database_unreachable",
      `PostgreSQL did not answer at DATABASE_URL (${withoutPassword(url)}): ${messageOf(error) || "connection refused"}. Check host, port, user, password and database name, or unset DATABASE_URL to use the embedded server.`,
    );
  }
  try {
    const { rows } = await client.query<{ v: string; n: number }>(
      "SELECT current_setting('server_version') AS v, current_setting('server_version_num')::int AS n",
    );
    const version = rows[0];
    if (!version || version.n < 150_000) {
      throw new HeedError(
        "database_too_old",
        `This PostgreSQL is version ${version?.v}; Heed needs 15 or newer. Upgrade it, or unset DATABASE_URL to use the embedded PostgreSQL 18.`,
      );
    }
  } finally {
    await client.end();
  }
}

function withoutPassword(url: string): string {
  return url
    .replace(/^(\w+:\/\/[^:/?#]*):.*@/, "$1:***@")
    .replace(/([?&](?:password|sslpassword)=)[^&#]*/gi, "$1***");
}

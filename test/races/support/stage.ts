import { randomBytes } from "node:crypto";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import type { Database } from "../../../src/kernel/database/index.ts";
import { newId } from "../../../src/kernel/ids.ts";
import type { Reaction } from "../../../src/kernel/reactions.ts";
import { createContact, type LiveContact } from "../../../src/modules/contacts/index.ts";
import { system } from "../../../src/modules/ledger/index.ts";
import { type NewMessage, queueMessages } from "../../../src/modules/sending/index.ts";
import { freshDatabase } from "../../support/database.ts";
import { closeDatabase, type Installation, openDatabase } from "./open-database.ts";

export const viewer = { userId: newId(), ownOnly: false };

/** A workspace with one sending account, in a database of its own that other processes can open. */
export interface Stage {
  db: Database;
  installation: Installation;
  workspaceId: string;
  accountId: string;
  close(): Promise<void>;
}

export async function setStage(options: {
  smtpPort: number;
  connections?: number;
  perSecond?: number;
  perDay?: number;
  poolSize?: number;
  reactions?: readonly Reaction[];
  /** Commits and journal lines need not reach the disk: for races, which are about order, not about power cuts. */
  inMemory?: boolean;
}): Promise<Stage> {
  const fresh = await freshDatabase({ poolSize: 1 });
  const memory = options.inMemory && existsSync("/dev/shm");
  const dataDir = memory ? mkdtempSync("/dev/shm/heed-race-") : fresh.dataDir;
  if (options.inMemory) {
    const name = new URL(fresh.url).pathname.slice(1);
    await fresh.db.pool.query(`ALTER DATABASE ${name} SET synchronous_commit = off`);
  }
  const installation: Installation = {
    url: fresh.url,
    dataDir,
    secret: randomBytes(32).toString("hex"),
  };
  const db = openDatabase({ ...installation, poolSize: options.poolSize ?? 10 }, options.reactions);
  const [workspaceId, accountId] = [newId(), newId()];
  await db.pool.query("INSERT INTO workspace (workspace_id, name) VALUES ($1, 'Races')", [
    workspaceId,
  ]);
  await db.pool.query(
    `INSERT INTO sending_account (workspace_id, id, name, provider, from_address, host, port, security, connections, per_second, per_day)
     VALUES ($1, $2, 'wire', 'smtp', 'sender@heed.example', '127.0.0.1', $3, 'none', $4, $5, $6)`,
    [
      workspaceId,
      accountId,
      options.smtpPort,
      options.connections ?? 5,
      options.perSecond ?? null,
      options.perDay ?? null,
    ],
  );
  return {
    db,
    installation,
    workspaceId,
    accountId,
    async close() {
      await closeDatabase(db);
      await fresh.close();
      if (memory) rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

export function addContact(stage: Stage, ...emails: string[]): Promise<LiveContact> {
  return stage.db.inWorkspace(stage.workspaceId, (tx) =>
    createContact(tx, {
      contact: { addresses: emails.map((value) => ({ channel: "email", value })) },
      viewer,
      actor: system,
    }),
  );
}

/** A message to a contact's address as it is now, due at once. */
export function messageTo(
  stage: Pick<Stage, "accountId">,
  contact: Pick<LiveContact, "id" | "email" | "email_key">,
  more: Partial<NewMessage> = {},
): NewMessage {
  return {
    id: newId(),
    campaign_id: null,
    follow_up_id: newId(),
    round: 1,
    step: 0,
    contact_id: contact.id,
    channel: "email",
    topic_id: null,
    address: contact.email as string,
    key: contact.email_key as string,
    account_id: stage.accountId,
    due_at: new Date(Date.now() - 1_000),
    ...more,
  };
}

export function queue(stage: Stage, messages: readonly NewMessage[]): Promise<string[]> {
  return stage.db.inWorkspace(stage.workspaceId, (tx) => queueMessages(tx, messages));
}

/** Registers a worker process, as the job runner does, so that its claims count as alive. */
export async function registerWorker(db: Database, workerId: string): Promise<void> {
  await db.pool.query("INSERT INTO worker_process (id, host, pid) VALUES ($1, 'test', $2)", [
    workerId,
    process.pid,
  ]);
}

/** As the job runner's heartbeat does with a process it has not seen for long. */
export async function buryWorker(db: Database, workerId: string): Promise<void> {
  await db.pool.query("DELETE FROM worker_process WHERE id = $1", [workerId]);
}

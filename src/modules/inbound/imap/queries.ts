import { sql } from "kysely";
import type { SystemTx, Tx } from "../../../kernel/database/index.ts";

/** A mailbox that is polled. `last_uid` counts within `uid_validity` (RFC 3501, 2.3.1.1). */
export interface Mailbox {
  workspace_id: string;
  id: string;
  name: string;
  host: string;
  port: number;
  security: "none" | "starttls" | "tls";
  username: string;
  password_sealed: Buffer;
  folder: string;
  uid_validity: number | null;
  last_uid: number;
  polled_at: Date | null;
  problem: string | null;
  created_at: Date;
}

export async function listMailboxes(tx: Tx): Promise<Mailbox[]> {
  const { rows } = await sql<Mailbox>`SELECT * FROM mailbox ORDER BY name`.execute(tx);
  return rows;
}

export async function findMailbox(tx: Tx, id: string): Promise<Mailbox | undefined> {
  const { rows } = await sql<Mailbox>`SELECT * FROM mailbox WHERE id = ${id}`.execute(tx);
  return rows[0];
}

/** False when another mailbox has the name. */
export async function insertMailbox(
  tx: Tx,
  mailbox: Pick<
    Mailbox,
    "id" | "name" | "host" | "port" | "security" | "username" | "password_sealed" | "folder"
  >,
): Promise<boolean> {
  const { rows } = await sql`
    INSERT INTO mailbox (workspace_id, id, name, host, port, security, username, password_sealed, folder)
    VALUES (${tx.workspaceId}, ${mailbox.id}, ${mailbox.name}, ${mailbox.host}, ${mailbox.port}, ${mailbox.security},
            ${mailbox.username}, ${mailbox.password_sealed}, ${mailbox.folder})
    ON CONFLICT DO NOTHING RETURNING 1`.execute(tx);
  return rows.length > 0;
}

export async function deleteMailbox(tx: Tx, id: string): Promise<boolean> {
  const { rows } =
    await sql`DELETE FROM mailbox WHERE workspace_id = ${tx.workspaceId} AND id = ${id} RETURNING 1`.execute(
      tx,
    );
  return rows.length > 0;
}

/** Mailboxes whose turn it is, of every workspace. */
export async function dueMailboxes(
  tx: SystemTx,
  everySeconds: number,
): Promise<{ workspace_id: string; id: string }[]> {
  const { rows } = await sql<{ workspace_id: string; id: string }>`
    SELECT workspace_id, id FROM mailbox
    WHERE polled_at IS NULL OR polled_at < now() - make_interval(secs => ${everySeconds})`.execute(
    tx,
  );
  return rows;
}

/** Takes the turn of a mailbox, if no other worker took it: undefined then. */
export async function takeTurn(
  tx: Tx,
  id: string,
  everySeconds: number,
): Promise<Mailbox | undefined> {
  const { rows } = await sql<Mailbox>`
    UPDATE mailbox SET polled_at = now()
    WHERE workspace_id = ${tx.workspaceId} AND id = ${id}
      AND (polled_at IS NULL OR polled_at < now() - make_interval(secs => ${everySeconds})) RETURNING *`.execute(
    tx,
  );
  return rows[0];
}

export async function advanceMailbox(
  tx: Tx,
  id: string,
  place: { uidValidity: number; lastUid: number },
): Promise<void> {
  await sql`
    UPDATE mailbox SET uid_validity = ${place.uidValidity}, last_uid = ${place.lastUid}
    WHERE workspace_id = ${tx.workspaceId} AND id = ${id}`.execute(tx);
}

export async function noteProblem(tx: Tx, id: string, problem: string | null): Promise<void> {
  await sql`
    UPDATE mailbox SET problem = ${problem}
    WHERE workspace_id = ${tx.workspaceId} AND id = ${id} AND problem IS DISTINCT FROM ${problem}`.execute(
    tx,
  );
}

import { sql } from "kysely";
import type { Tx } from "../../../kernel/database/index.ts";
import type { Deed } from "../understanding.ts";

export interface TextRow {
  id: string;
  channel: "sms" | "whatsapp";
  digest: Buffer;
  raw: Buffer;
  from: string;
  to: string;
  said: string;
  state: "waiting" | "done";
  contactId: string | null;
  key: string | null;
  messageId: string | null;
  meaning: string;
  certain: boolean;
  understoodAs: string;
  because: string;
  did: readonly Deed[];
}

/** Whether this text is kept already: the provider tells it again. */
export async function isKept(tx: Tx, digest: Buffer): Promise<boolean> {
  const { rows } = await sql`
    SELECT 1 FROM inbound_message WHERE workspace_id = ${tx.workspaceId} AND digest = ${digest}`.execute(
    tx,
  );
  return rows.length > 0;
}

/** Texts that tell the same thing at the same moment wait for each other until the transaction ends. */
export async function holdText(tx: Tx, digest: Buffer): Promise<void> {
  await sql`SELECT pg_advisory_xact_lock(${digest.readBigInt64BE(0).toString()}::bigint)`.execute(
    tx,
  );
}

/** Keeps a text with what was understood and done, for the inbox. */
export async function insertText(tx: Tx, text: TextRow): Promise<void> {
  await sql`
    INSERT INTO inbound_message (workspace_id, id, channel, source, digest, raw, envelope_from, envelope_to, state,
      from_address, to_address, said, contact_id, subject_key, message_id, kind, meaning, certain, understood_as, because, did, read_at)
    VALUES (${tx.workspaceId}, ${text.id}, ${text.channel}, 'webhook', ${text.digest}, ${text.raw}, ${text.from}, ${text.to}, ${text.state},
      ${text.from}, ${text.to}, ${text.said}, ${text.contactId}, ${text.key}, ${text.messageId}, 'reply', ${text.meaning}, ${text.certain},
      ${text.understoodAs}, ${text.because}, ${JSON.stringify(text.did)}::jsonb, now())`.execute(
    tx,
  );
}

import { sql } from "kysely";
import type { Tx } from "../../src/kernel/database/index.ts";
import { newId } from "../../src/kernel/ids.ts";
import { type Channel, keyOfAddress, readAddresses } from "../../src/modules/contacts/index.ts";

export interface ContactRow {
  email?: string | null;
  phone?: string | null;
  emailValidity?: "unknown" | "valid" | "invalid";
  phoneValidity?: "unknown" | "valid" | "invalid";
  inBin?: boolean;
  ownerId?: string | null;
  further?: readonly { channel: Channel; value: string }[];
}

/** A contact written straight into its tables, in states that the commands would refuse to make. Returns its id. */
export async function buildContactRow(tx: Tx, row: ContactRow): Promise<string> {
  const id = newId();
  const addresses = readAddresses(tx.secrets, [
    ...(row.email ? [{ channel: "email" as const, value: row.email }] : []),
    ...(row.phone ? [{ channel: "sms" as const, value: row.phone }] : []),
  ]);
  await sql`
    INSERT INTO contact (workspace_id, id, email, email_key, email_domain_key, email_root_key, email_validity,
                         phone, phone_key, phone_validity, owner_id, deletion_id)
    VALUES (${tx.workspaceId}, ${id}, ${addresses.email}, ${addresses.email_key}, ${addresses.email_domain_key},
            ${addresses.email_root_key}, ${row.emailValidity ?? "unknown"}, ${addresses.phone}, ${addresses.phone_key},
            ${row.phoneValidity ?? "unknown"}, ${row.ownerId ?? null}, ${row.inBin ? newId() : null})`.execute(
    tx,
  );
  for (const { channel, value } of row.further ?? []) {
    const address = keyOfAddress(tx.secrets, channel, value);
    await sql`
      INSERT INTO contact_address (workspace_id, id, contact_id, channel, value, key)
      VALUES (${tx.workspaceId}, ${newId()}, ${id}, ${channel}, ${address.value}, ${address.key})`.execute(
      tx,
    );
  }
  return id;
}

import { sql } from "kysely";
import type { SystemTx, Tx } from "../../../kernel/database/index.ts";
import type { Channel } from "../../contacts/index.ts";
import type { Provider } from "../account.ts";
import type { AccountSettings } from "./rules.ts";

/** An account as its row holds it; secrets sealed. */
export interface AccountRow extends AccountSettings {
  id: string;
  channel: Channel;
  password_sealed: Buffer | null;
  dkim_domain: string | null;
  dkim_selector: string | null;
  dkim_key_sealed: Buffer | null;
  hook_key: string | null;
  hook_secret_sealed: Buffer | null;
  is_default: boolean;
  archived_at: Date | null;
  created_at: Date;
}

/** What an insert or update writes. */
export type AccountFields = Omit<AccountRow, "id" | "is_default" | "archived_at" | "created_at">;

const columns = sql`id, name, channel, provider, from_name, from_address, reply_to, host, port, security, username,
  password_sealed, base_url, settings, hook_key, hook_secret_sealed, dkim_domain, dkim_selector, dkim_key_sealed, connections,
  per_second, per_day, is_default, archived_at, created_at`;

export async function findAccount(tx: Tx, id: string): Promise<AccountRow | undefined> {
  const { rows } =
    await sql<AccountRow>`SELECT ${columns} FROM sending_account WHERE id = ${id}`.execute(tx);
  return rows[0];
}

/** Accounts that are not archived, newest first. */
export async function listAccounts(
  tx: Tx,
  page: { provider: string | null; before: string | null; limit: number },
): Promise<AccountRow[]> {
  const { rows } = await sql<AccountRow>`
    SELECT ${columns} FROM sending_account
    WHERE archived_at IS NULL AND ${page.provider ? sql`provider = ${page.provider}` : sql`true`}
      AND ${page.before ? sql`id < ${page.before}` : sql`true`}
    ORDER BY id DESC LIMIT ${page.limit}`.execute(tx);
  return rows;
}

/** Holds every account of the workspace, in one order, so that two switches of the default wait for each other. */
export async function lockAccounts(tx: Tx): Promise<void> {
  await sql`SELECT id FROM sending_account ORDER BY id FOR NO KEY UPDATE`.execute(tx);
}

/** Whether another account that is not archived has this name. */
export async function isNameTaken(tx: Tx, name: string, besides: string | null): Promise<boolean> {
  const { rows } = await sql`
    SELECT id FROM sending_account
    WHERE name = ${name} AND archived_at IS NULL AND id IS DISTINCT FROM ${besides}::uuid`.execute(
    tx,
  );
  return rows.length > 0;
}

/** False when the name is taken. */
export async function insertAccount(
  tx: Tx,
  account: AccountFields & { id: string },
): Promise<boolean> {
  const { rows } = await sql`
    INSERT INTO sending_account (workspace_id, id, channel, name, provider, from_name, from_address, reply_to, host, port, security,
      username, password_sealed, base_url, settings, hook_key, hook_secret_sealed, dkim_domain, dkim_selector, dkim_key_sealed,
      connections, per_second, per_day)
    VALUES (${tx.workspaceId}, ${account.id}, ${account.channel}, ${account.name}, ${account.provider}, ${account.from_name},
      ${account.from_address}, ${account.reply_to}, ${account.host}, ${account.port}, ${account.security},
      ${account.username}, ${account.password_sealed}, ${account.base_url}, ${JSON.stringify(account.settings)}::jsonb,
      ${account.hook_key}, ${account.hook_secret_sealed}, ${account.dkim_domain}, ${account.dkim_selector}, ${account.dkim_key_sealed},
      ${account.connections}, ${account.per_second}, ${account.per_day})
    ON CONFLICT (workspace_id, name) WHERE archived_at IS NULL DO NOTHING RETURNING id`.execute(tx);
  return rows.length > 0;
}

export async function updateAccount(tx: Tx, id: string, account: AccountFields): Promise<void> {
  await sql`
    UPDATE sending_account SET name = ${account.name}, from_name = ${account.from_name}, from_address = ${account.from_address},
      reply_to = ${account.reply_to}, host = ${account.host}, port = ${account.port}, security = ${account.security},
      username = ${account.username}, password_sealed = ${account.password_sealed}, base_url = ${account.base_url},
      settings = ${JSON.stringify(account.settings)}::jsonb, hook_key = ${account.hook_key}, hook_secret_sealed = ${account.hook_secret_sealed},
      dkim_domain = ${account.dkim_domain},
      dkim_selector = ${account.dkim_selector}, dkim_key_sealed = ${account.dkim_key_sealed},
      connections = ${account.connections}, per_second = ${account.per_second}, per_day = ${account.per_day}
    WHERE id = ${id}`.execute(tx);
}

/** Makes this the one default of its channel. The accounts are locked already. */
export async function setDefault(tx: Tx, id: string, channel: Channel): Promise<void> {
  await sql`UPDATE sending_account SET is_default = false WHERE channel = ${channel} AND is_default AND id <> ${id}`.execute(
    tx,
  );
  await sql`UPDATE sending_account SET is_default = true WHERE id = ${id} AND NOT is_default`.execute(
    tx,
  );
}

/** The first sink of the channel that is not archived, other than the one given. */
export async function findSink(
  tx: Tx,
  channel: Channel,
  besides: string | null,
): Promise<string | undefined> {
  const { rows } = await sql<{ id: string }>`
    SELECT id FROM sending_account
    WHERE channel = ${channel} AND provider = 'sink' AND archived_at IS NULL AND id IS DISTINCT FROM ${besides}::uuid
    ORDER BY id LIMIT 1`.execute(tx);
  return rows[0]?.id;
}

export async function archiveAccountRow(tx: Tx, id: string): Promise<void> {
  await sql`UPDATE sending_account SET archived_at = now(), is_default = false WHERE id = ${id}`.execute(
    tx,
  );
}

/** What a campaign without an account of its own sends by. */
export interface DefaultAccount {
  id: string;
  name: string;
  provider: Provider;
  from_name: string;
  from_address: string;
}

export async function selectDefault(tx: Tx, channel: Channel): Promise<DefaultAccount | undefined> {
  const { rows } = await sql<DefaultAccount>`
    SELECT id, name, provider, from_name, from_address FROM sending_account
    WHERE channel = ${channel} AND archived_at IS NULL AND (is_default OR provider = 'sink')
    ORDER BY is_default DESC, id LIMIT 1`.execute(tx);
  return rows[0];
}

/** The account that a webhook's address names, also an archived one: complaints come late. */
export async function findHookAccount(
  tx: SystemTx,
  hookKey: string,
): Promise<{ workspace_id: string; id: string } | undefined> {
  const { rows } = await sql<{ workspace_id: string; id: string }>`
    SELECT workspace_id, id FROM sending_account WHERE hook_key = ${hookKey}`.execute(tx);
  return rows[0];
}

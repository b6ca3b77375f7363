import { sql } from "kysely";
import type { SystemTx, Tx } from "../../kernel/database/index.ts";
import type { SendingAccount } from "./account.ts";
import { takeTokens } from "./rules.ts";

/** Takes up to `wanted` sends from the account's limits, shared by all workers. For an account that has limits. */
export async function takeAllowance(tx: Tx, accountId: string, wanted: number): Promise<number> {
  const locked = await sql<{
    per_second: number | null;
    per_day: number | null;
    second_tokens: number;
    age: number;
    sent_today: number;
  }>`
    SELECT per_second, per_day, second_tokens, greatest(0, extract(epoch FROM clock_timestamp() - second_at))::float8 AS age,
           CASE WHEN day = current_date THEN day_sent ELSE 0 END AS sent_today
    FROM sending_account WHERE id = ${accountId} FOR UPDATE`.execute(tx);
  const account = locked.rows[0];
  if (!account) return 0;
  const today =
    account.per_day === null ? wanted : Math.max(0, account.per_day - account.sent_today);
  const { granted, tokens } = takeTokens(
    { tokens: account.second_tokens, ageSeconds: account.age, perSecond: account.per_second },
    Math.min(wanted, today),
  );
  await sql`
    UPDATE sending_account SET second_tokens = ${tokens}, second_at = clock_timestamp(),
      day = current_date, day_sent = ${account.sent_today + granted}
    WHERE id = ${accountId}`.execute(tx);
  return granted;
}

interface AccountRow extends Omit<SendingAccount, "password" | "dkim"> {
  password_sealed: Buffer | null;
  dkim_domain: string | null;
  dkim_selector: string | null;
  dkim_key_sealed: Buffer | null;
}

/** An account with its secrets opened, for the worker alone. */
export async function openAccount(tx: Tx, accountId: string): Promise<SendingAccount | undefined> {
  const { rows } = await sql<AccountRow>`
    SELECT workspace_id, id, name, channel, provider, from_name, from_address, reply_to, host, port, security, username, password_sealed,
           base_url, settings, hook_key,
           dkim_domain, dkim_selector, dkim_key_sealed, connections
    FROM sending_account WHERE id = ${accountId}`.execute(tx);
  const row = rows[0];
  if (!row) return undefined;
  const { password_sealed, dkim_domain, dkim_selector, dkim_key_sealed, ...account } = row;
  return {
    ...account,
    password: password_sealed ? tx.secrets.open(password_sealed) : null,
    dkim:
      dkim_domain && dkim_selector && dkim_key_sealed
        ? {
            domain: dkim_domain,
            selector: dkim_selector,
            privateKey: tx.secrets.open(dkim_key_sealed),
          }
        : null,
  };
}

/** The workspace with a sending account that sends from this address or asks for replies to it; the oldest account when several do. */
export async function workspaceOfAddress(tx: SystemTx, address: string): Promise<string | null> {
  const { rows } = await sql<{ workspace_id: string }>`
    SELECT workspace_id FROM sending_account
    WHERE lower(${address}) IN (lower(from_address), lower(reply_to)) ORDER BY created_at LIMIT 1`.execute(
    tx,
  );
  return rows[0]?.workspace_id ?? null;
}

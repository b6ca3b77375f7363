import type { z } from "zod";
import type { Tx } from "../../../kernel/database/index.ts";
import { type Caller, rfc3339, rfc3339OrNull } from "../../../kernel/http/index.ts";
import { presentBreakers, type ShownBreaker } from "../breaker/present.ts";
import { dnsRecordOf } from "./dkim.ts";
import type { AccountRow } from "./queries.ts";
import type { accountSchema } from "./schemas.ts";

type ShownAccount = z.input<typeof accountSchema>;

/** Accounts as the API shows them: no secret, and how to reach the server only for those who set it up. */
export async function presentAccounts(
  tx: Tx,
  caller: Caller,
  accounts: readonly AccountRow[],
): Promise<ShownAccount[]> {
  const breakers = await presentBreakers(
    tx,
    accounts.map((each) => each.id),
  );
  return accounts.flatMap((account) => {
    const breaker = breakers.get(account.id);
    return breaker ? [present(tx, caller, account, breaker)] : [];
  });
}

export async function presentAccount(
  tx: Tx,
  caller: Caller,
  account: AccountRow,
): Promise<ShownAccount> {
  const [shown] = await presentAccounts(tx, caller, [account]);
  return shown as ShownAccount;
}

function present(tx: Tx, caller: Caller, account: AccountRow, breaker: ShownBreaker): ShownAccount {
  const editor = caller.permissions.has("accounts.edit");
  return {
    id: account.id,
    name: account.name,
    channel: account.channel,
    provider: account.provider,
    from_name: account.from_name,
    from_address: account.from_address,
    reply_to: account.reply_to,
    host: editor ? account.host : null,
    port: editor ? account.port : null,
    security: account.security,
    username: editor ? account.username : null,
    has_password: account.password_sealed !== null,
    base_url: editor ? account.base_url : null,
    settings: account.settings,
    hook_path: editor ? hookPath(account) : null,
    has_hook_secret: account.hook_secret_sealed !== null,
    dkim: presentDkim(tx, account),
    connections: account.connections,
    per_second: account.per_second,
    per_day: account.per_day,
    is_default: account.is_default,
    breaker,
    archived_at: rfc3339OrNull(account.archived_at),
    created_at: rfc3339(account.created_at),
  };
}

/** An SMTP account has webhooks where somebody's relay is behind it. */
function hookPath(account: AccountRow): string | null {
  const by = account.provider === "smtp" ? account.settings.events_by : account.provider;
  return by && account.hook_key ? `/hooks/${by}/${account.hook_key}` : null;
}

function presentDkim(tx: Tx, account: AccountRow): ShownAccount["dkim"] {
  const { dkim_domain: domain, dkim_selector: selector, dkim_key_sealed: sealed } = account;
  if (domain === null || selector === null || sealed === null) return null;
  return {
    domain,
    selector,
    ...dnsRecordOf({ domain, selector, privateKey: tx.secrets.open(sealed) }),
  };
}

import type { Database } from "../../../kernel/database/index.ts";
import type { Provider, ProviderSettings } from "../account.ts";
import { findAccount, findHookAccount } from "./queries.ts";

/** An account as its webhooks are checked with: secrets opened. */
export interface HookAccount {
  workspaceId: string;
  id: string;
  /** Whose webhooks it believes: its provider's, or those of the relay behind its SMTP server. */
  provider: Provider;
  settings: ProviderSettings;
  secret: string | null;
  /** Where a person answers, for the answer to HELP. */
  replyTo: string | null;
}

/** The account that a webhook's address names, or undefined. */
export async function hookAccount(db: Database, key: string): Promise<HookAccount | undefined> {
  const found = await db.asSystem((tx) => findHookAccount(tx, key));
  if (!found) return undefined;
  return db.inWorkspace(found.workspace_id, async (tx) => {
    const account = await findAccount(tx, found.id);
    if (!account) return undefined;
    // Twilio signs with what it is called with, and has no secret for webhooks alone.
    const sealed =
      account.hook_secret_sealed ??
      (account.provider === "twilio" ? account.password_sealed : null);
    return {
      workspaceId: found.workspace_id,
      id: account.id,
      provider:
        account.provider === "smtp"
          ? (account.settings.events_by ?? account.provider)
          : account.provider,
      settings: account.settings,
      replyTo: account.reply_to,
      secret: sealed ? tx.secrets.open(sealed) : null,
    };
  });
}

import type { Tx } from "../../kernel/database/index.ts";
import type { SendingAccount } from "./account.ts";
import type { ClaimedMessage } from "./message.ts";

/** A message's content as its recipient will read it. */
export interface Letter {
  subject: string;
  text: string;
  html?: string;
  toName?: string;
  /** Further headers, such as In-Reply-To. */
  headers?: Record<string, string>;
}

/** Links that only the sender can make, for the content to use. */
export interface Links {
  unsubscribeUrl: string;
  /** Where the recipient chooses topics, and comes back. */
  preferencesUrl: string;
}

/**
 * Fills content for claimed messages. `prepare` reads what it needs in the
 * claim's transaction, in a few statements for the whole batch; the function it
 * returns does the work per message, after the commit, when no fence is held.
 */
export interface Composer {
  prepare(
    tx: Tx,
    account: SendingAccount,
    messages: readonly ClaimedMessage[],
  ): Promise<(message: ClaimedMessage, links: Links) => Letter>;
}

import type { Tx } from "../../../kernel/database/index.ts";
import type { Channel } from "../../contacts/index.ts";

/** What became of a message that was handed to the sender. */
export interface MessageFate {
  state: string;
  /** Why the gate refused it, when it was cancelled. */
  refusals: string[];
  because: string | null;
}

/** What conversations need of the sender, to the right of them; app wires it. */
export interface CrmParts {
  /** Puts a message to a contact into the outbox; it passes the gate again before it goes. */
  queueMessage(
    tx: Tx,
    message: { contactId: string; channel: Channel; address: string },
  ): Promise<{ messageId: string; mailId: string | null; fromAddress: string }>;
  messageFates(tx: Tx, messageIds: readonly string[]): Promise<Map<string, MessageFate>>;
}

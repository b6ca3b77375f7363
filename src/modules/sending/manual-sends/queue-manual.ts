import type { Tx } from "../../../kernel/database/index.ts";
import { HeedError } from "../../../kernel/errors.ts";
import { newId } from "../../../kernel/ids.ts";
import { type Channel, keyOfAddress } from "../../contacts/index.ts";
import { defaultAccount } from "../accounts/default-account.ts";
import { queueMessages } from "../queue-messages.ts";

/**
 * Queues a message that a person wrote to one contact, over the channel's
 * default account. Its content stands in the conversation (crm); the gate is
 * asked at its claim as for any other.
 * @throws HeedError no_account
 */
export async function queueManual(
  tx: Tx,
  message: { contactId: string; channel: Channel; address: string },
): Promise<{ messageId: string; mailId: string | null; fromAddress: string }> {
  const account = await defaultAccount(tx, message.channel);
  if (!account) {
    throw new HeedError(
      "no_account",
      `There is no account that sends on ${message.channel}. Set one up under Settings, Sending accounts.`,
      { channel: message.channel },
    );
  }
  const messageId = newId();
  await queueMessages(tx, [
    {
      id: messageId,
      campaign_id: null,
      follow_up_id: null,
      round: 1,
      step: 0,
      contact_id: message.contactId,
      channel: message.channel,
      topic_id: null,
      address: message.address,
      key: keyOfAddress(tx.secrets, message.channel, message.address).key,
      account_id: account.id,
      due_at: new Date(),
    },
  ]);
  const at = account.from_address.lastIndexOf("@");
  // What the lane writes into Message-ID; a text has none.
  const mailId = at === -1 ? null : `${messageId}${account.from_address.slice(at)}`;
  return { messageId, mailId, fromAddress: account.from_address };
}

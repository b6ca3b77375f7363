import type { Tx } from "../../../kernel/database/index.ts";
import { HeedError } from "../../../kernel/errors.ts";
import { newId } from "../../../kernel/ids.ts";
import { keyOfAddress } from "../../contacts/index.ts";
import { defaultAccount } from "../accounts/default-account.ts";
import { queueMessages } from "../queue-messages.ts";

/**
 * Queues an administrative mail to an address that no contact need have, such as the question
 * whether somebody meant to subscribe. It names no topic and no campaign; every stop on the
 * address but one of a topic cancels it at its claim. Who queues it writes its letter.
 * @throws HeedError no_account
 */
export async function queueAdministrative(
  tx: Tx,
  mail: { address: string },
): Promise<{ messageId: string }> {
  const account = await defaultAccount(tx, "email");
  if (!account) {
    throw new HeedError(
      "no_account",
      "There is no account that sends email. Set one up under Settings, Sending accounts.",
      { channel: "email" },
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
      contact_id: null,
      channel: "email",
      topic_id: null,
      address: mail.address,
      key: keyOfAddress(tx.secrets, "email", mail.address).key,
      account_id: account.id,
      due_at: new Date(),
    },
  ]);
  return { messageId };
}

import type { Tx } from "../../../kernel/database/index.ts";
import { HeedError } from "../../../kernel/errors.ts";
import { newId } from "../../../kernel/ids.ts";
import { refusalsOf } from "../../consent/index.ts";
import { type Channel, keyOfAddress, readAddresses } from "../../contacts/index.ts";
import { decideAddress } from "../claim-queries.ts";
import { queueMessages } from "../queue-messages.ts";

export interface TestSend {
  campaignId: string;
  step: number;
  /** Who gets it: an address, which no contact need have. */
  to: string;
  channel: Channel;
  /** Whose fields it is filled with; null takes samples. */
  previewContactId: string | null;
  accountId: string;
}

/**
 * Queues one message of a campaign's step to an address. It passes the gate like
 * any other: refused at once when the address is stopped, and asked again at its claim.
 * @throws HeedError address_invalid, address_stopped
 */
export async function sendTest(
  tx: Tx,
  test: TestSend,
): Promise<{ messageId: string; address: string }> {
  const { key, value } = keyOfAddress(tx.secrets, test.channel, test.to);
  const { email_domain_key, email_root_key } = readAddresses(tx.secrets, [
    { channel: test.channel, value },
  ]);
  const refusals = refusalsOf(
    await decideAddress(tx, {
      channel: test.channel,
      key,
      domainKey: email_domain_key,
      rootKey: email_root_key,
    }),
  );
  if (refusals.length > 0) {
    throw new HeedError(
      "address_stopped",
      `Nothing may be sent to this address (${refusals.join(", ")}), not even a test. Use another address.`,
      { refusals },
    );
  }
  const messageId = newId();
  await queueMessages(tx, [
    {
      id: messageId,
      campaign_id: test.campaignId,
      follow_up_id: null,
      round: 1,
      step: test.step,
      contact_id: null,
      preview_contact_id: test.previewContactId,
      channel: test.channel,
      topic_id: null,
      address: value,
      key,
      account_id: test.accountId,
      due_at: new Date(),
    },
  ]);
  return { messageId, address: value };
}

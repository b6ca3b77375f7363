import type { Tx } from "../../kernel/database/index.ts";
import { HeedError } from "../../kernel/errors.ts";
import { newId } from "../../kernel/ids.ts";
import { keyOfAddress } from "../contacts/index.ts";
import { type Actor, record } from "../ledger/index.ts";
import { queueMessages } from "../sending/index.ts";
import { findCampaign } from "./save-campaign.ts";
import { accountOf } from "./start-campaign.ts";

/**
 * Queues one step to an address of the tester's, with a contact's values or
 * samples. It passes the gate like any message (S3) and counts in no figure.
 */
export async function sendTest(
  tx: Tx,
  request: { campaignId: string; to: string; step: number; contactId: string | null; actor: Actor },
): Promise<{ messageId: string }> {
  const campaign = await findCampaign(tx, request.campaignId);
  if (!campaign.steps[request.step]) {
    throw new HeedError(
      "campaign_incomplete",
      `The campaign has ${campaign.steps.length} steps; there is no step ${request.step}.`,
    );
  }
  const { key, value } = keyOfAddress(tx.secrets, "email", request.to);
  const messageId = newId();
  await queueMessages(tx, [
    {
      id: messageId,
      campaign_id: campaign.id,
      follow_up_id: null,
      round: 1,
      step: request.step,
      contact_id: null,
      preview_contact_id: request.contactId,
      channel: campaign.channel,
      topic_id: campaign.topic_id,
      address: value,
      key,
      account_id: await accountOf(tx, campaign),
      due_at: new Date(),
    },
  ]);
  await record(tx, {
    act: "campaign.tested",
    actor: request.actor,
    key,
    subjectId: campaign.id,
    detail: { message_id: messageId, step: request.step },
  });
  return { messageId };
}

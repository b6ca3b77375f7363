import type { Tx } from "../../kernel/database/index.ts";
import { HeedError } from "../../kernel/errors.ts";
import { type Actor, record } from "../ledger/index.ts";
import { sendTest as queueTest } from "../sending/index.ts";
import { findCampaign } from "./save-campaign.ts";
import { accountOf } from "./start-campaign.ts";

/**
 * Queues one step to an address of the tester's, with a contact's values or
 * samples. It passes the gate like any message (S3) and counts in no figure.
 * @throws HeedError address_stopped, campaign_incomplete
 */
export async function sendTest(
  tx: Tx,
  request: { campaignId: string; to: string; step: number; contactId: string | null; actor: Actor },
): Promise<{ messageId: string }> {
  const campaign = await findCampaign(tx, request.campaignId);
  const step = campaign.steps[request.step];
  if (!step) {
    throw new HeedError(
      "campaign_incomplete",
      `The campaign has ${campaign.steps.length} steps; there is no step ${request.step}.`,
    );
  }
  const { messageId } = await queueTest(tx, {
    campaignId: campaign.id,
    step: request.step,
    to: request.to,
    previewContactId: request.contactId,
    channel: step.channel,
    accountId: await accountOf(tx, campaign, step.channel),
  });
  await record(tx, {
    act: "campaign.tested",
    actor: request.actor,
    subjectId: campaign.id,
    detail: { message_id: messageId, step: request.step },
  });
  return { messageId };
}

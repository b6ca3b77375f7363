import type { Tx } from "../../kernel/database/index.ts";
import { HeedError } from "../../kernel/errors.ts";
import { enqueueJob } from "../../kernel/jobs/index.ts";
import type { Channel } from "../contacts/index.ts";
import { type Actor, record } from "../ledger/index.ts";
import { defaultAccount, refuseTripped } from "../sending/index.ts";
import { countMembers } from "./audience-queries.ts";
import {
  beginCampaign,
  lockCampaign,
  selectAccountChannel,
  selectMissing,
} from "./campaign-queries.ts";
import { findCampaign } from "./save-campaign.ts";

/**
 * Starts a draft: copies the content of its templates, settles the account, and
 * enrols its lists' members in a job. It runs when the job has ended. Returns the
 * job's id.
 */
export async function startCampaign(
  tx: Tx,
  request: { campaignId: string; requestedBy: string | null; actor: Actor },
): Promise<string> {
  const state = await lockCampaign(tx, request.campaignId);
  const campaign = await findCampaign(tx, request.campaignId);
  if (state !== "draft") {
    throw new HeedError(
      "state_conflict",
      state === "paused"
        ? "This campaign is paused; resume it."
        : "This campaign has been started already.",
      { state },
    );
  }
  if (campaign.steps.length === 0) {
    throw new HeedError(
      "campaign_incomplete",
      "Give the campaign at least one step with a template, then start it.",
    );
  }
  if (campaign.list_ids.length === 0) {
    throw new HeedError(
      "campaign_incomplete",
      "Choose at least one list to send to, then start the campaign.",
    );
  }
  const accountIds: string[] = [];
  for (const step of campaign.steps) accountIds.push(await accountOf(tx, campaign, step.channel));
  await refuseTripped(tx, accountIds);
  await beginCampaign(tx, campaign.id, accountIds);
  await record(tx, {
    act: "campaign.started",
    actor: request.actor,
    subjectId: campaign.id,
    detail: {
      list_ids: campaign.list_ids,
      account_id: accountIds[0],
      steps: campaign.steps.length,
    },
  });
  return enqueueJob(tx, {
    kind: "campaign.enrol",
    payload: { campaign_id: campaign.id },
    requestedBy: request.requestedBy,
    total: await countMembers(tx, campaign.list_ids),
  });
}

/**
 * The account that a campaign's steps on a channel send by: its own where that is of the
 * channel, else the channel's default.
 * @throws HeedError no_sending_account, account_channel_mismatch
 */
export async function accountOf(
  tx: Tx,
  campaign: { channel: Channel; sending_account_id: string | null },
  channel: Channel = campaign.channel,
): Promise<string> {
  const own = campaign.sending_account_id;
  if (own !== null && channel === campaign.channel) {
    const ownChannel = await selectAccountChannel(tx, own);
    if (ownChannel !== undefined && ownChannel !== channel) {
      throw new HeedError(
        "account_channel_mismatch",
        `The campaign's first step goes by ${channel}, its sending account by ${ownChannel}. Choose another account.`,
      );
    }
    const { account } = await selectMissing(tx, {
      listIds: [],
      templateIds: [],
      topicId: null,
      accountId: own,
    });
    if (!account) return own;
    throw new HeedError(
      "no_sending_account",
      "The campaign's sending account is archived. Choose another one.",
    );
  }
  const found = await defaultAccount(tx, channel);
  if (found) return found.id;
  throw new HeedError(
    "no_sending_account",
    "There is no default sending account. Set one up, or choose one for the campaign.",
  );
}

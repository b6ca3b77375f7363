import type { Tx } from "../../kernel/database/index.ts";
import { system } from "../ledger/index.ts";
import { trippedAmong } from "../sending/index.ts";
import { lockCampaign, runningBy, selectCampaign } from "./campaign-queries.ts";
import { pauseCampaign } from "./pause-campaign.ts";
import { accountsOf } from "./rules.ts";

/** The breaker of a sending account tripped: the running campaigns that send by it are paused. */
export async function pauseCampaignsOf(
  tx: Tx,
  { accountId }: { accountId: string },
): Promise<void> {
  for (const campaignId of await runningBy(tx, accountId)) await pause(tx, campaignId);
}

/**
 * Pauses a running campaign of a tripped account, and says whether it did: one
 * that was just starting, or that a person resumed, while the breaker tripped.
 */
export async function pauseIfTripped(tx: Tx, campaignId: string): Promise<boolean> {
  const campaign = await selectCampaign(tx, campaignId);
  if (!campaign || (await trippedAmong(tx, accountsOf(campaign))).length === 0) return false;
  await pause(tx, campaignId);
  return true;
}

async function pause(tx: Tx, campaignId: string): Promise<void> {
  if ((await lockCampaign(tx, campaignId)) !== "running") return; // meanwhile paused or finished
  await pauseCampaign(tx, { campaignId, actor: system, because: "breaker" });
}

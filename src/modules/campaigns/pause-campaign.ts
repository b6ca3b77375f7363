import type { Tx } from "../../kernel/database/index.ts";
import { HeedError } from "../../kernel/errors.ts";
import { type Actor, record } from "../ledger/index.ts";
import { refuseTripped } from "../sending/index.ts";
import {
  type CampaignState,
  lockCampaign,
  type PausedBecause,
  setCampaignState,
} from "./campaign-queries.ts";
import { accountsOf } from "./rules.ts";
import { findCampaign } from "./save-campaign.ts";
import { withdrawQueued } from "./withdraw-queued.ts";

interface Request {
  campaignId: string;
  actor: Actor;
}

/** Pauses a running campaign: what is queued is taken back; what a worker holds already still goes. */
export async function pauseCampaign(
  tx: Tx,
  request: Request & { because?: PausedBecause },
): Promise<void> {
  const because = request.because ?? null;
  await require(tx, request.campaignId, "running", "Only a running campaign can be paused.");
  await setCampaignState(tx, request.campaignId, "paused", because);
  const withdrawn = await withdrawQueued(tx, { campaignId: request.campaignId });
  await record(tx, {
    act: "campaign.paused",
    actor: request.actor,
    subjectId: request.campaignId,
    detail: because ? { withdrawn, because } : { withdrawn },
  });
}

/** Lets a paused campaign go on where it was. @throws HeedError not_found, state_conflict, account_tripped */
export async function resumeCampaign(tx: Tx, request: Request): Promise<void> {
  await require(tx, request.campaignId, "paused", "Only a paused campaign can be resumed.");
  await refuseTripped(tx, accountsOf(await findCampaign(tx, request.campaignId)));
  await setCampaignState(tx, request.campaignId, "running");
  await record(tx, {
    act: "campaign.resumed",
    actor: request.actor,
    subjectId: request.campaignId,
  });
}

async function require(
  tx: Tx,
  campaignId: string,
  wanted: CampaignState,
  message: string,
): Promise<void> {
  const state = await lockCampaign(tx, campaignId);
  if (!state) throw new HeedError("not_found", "There is no such campaign.");
  if (state !== wanted)
    throw new HeedError("state_conflict", `${message} This one is ${state}.`, { state });
}

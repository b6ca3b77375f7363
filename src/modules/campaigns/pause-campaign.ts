import type { Tx } from "../../kernel/database/index.ts";
import { HeedError } from "../../kernel/errors.ts";
import { type Actor, record } from "../ledger/index.ts";
import { type CampaignState, lockCampaign, setCampaignState } from "./campaign-queries.ts";
import { withdrawQueued } from "./withdraw-queued.ts";

interface Request {
  campaignId: string;
  actor: Actor;
}

/** Pauses a running campaign: what is queued is taken back; what a worker holds already still goes. */
export async function pauseCampaign(tx: Tx, request: Request): Promise<void> {
  await require(tx, request.campaignId, "running", "Only a running campaign can be paused.");
  await setCampaignState(tx, request.campaignId, "paused");
  const withdrawn = await withdrawQueued(tx, { campaignId: request.campaignId });
  await record(tx, {
    act: "campaign.paused",
    actor: request.actor,
    subjectId: request.campaignId,
    detail: { withdrawn },
  });
}

/** Lets a paused campaign go on where it was. */
export async function resumeCampaign(tx: Tx, request: Request): Promise<void> {
  await require(tx, request.campaignId, "paused", "Only a paused campaign can be resumed.");
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

import type { Tx } from "../../kernel/database/index.ts";
import { HeedError } from "../../kernel/errors.ts";
import { sendingStatus } from "../consent/index.ts";
import { requireVisible, type Viewer } from "../contacts/index.ts";
import { type Actor, record } from "../ledger/index.ts";
import { reopenCampaign } from "./campaign-queries.ts";
import {
  type FollowUp,
  hasOpenMessage,
  lockFollowUp,
  selectFollowUp,
  updateFollowUp,
} from "./follow-up-queries.ts";
import { checkVerb, type FollowUpVerb } from "./rules.ts";
import { findCampaign } from "./save-campaign.ts";
import { withdrawQueued } from "./withdraw-queued.ts";

interface Request {
  id: string;
  viewer: Viewer;
  actor: Actor;
}

/** Holds a contact's sequence until somebody continues it; its queued message is taken back. */
export async function pauseFollowUp(tx: Tx, request: Request): Promise<FollowUp> {
  const followUp = await lockVisible(tx, request, "pause");
  await withdrawQueued(tx, { followUpIds: [followUp.id] });
  await to(tx, followUp, { state: "paused", because: "user", dueAt: null });
  return done(tx, request, "follow_up.paused", followUp);
}

/** Goes on with the next step, at once. Refused for a contact that may not be written to. */
export async function continueFollowUp(tx: Tx, request: Request): Promise<FollowUp> {
  const followUp = await lockVisible(tx, request, "continue");
  await requireEligible(tx, followUp);
  if (followUp.next_step >= followUp.steps) {
    await to(tx, followUp, { state: "finished", because: null, dueAt: null });
  } else {
    // A message that is under way decides by its own outcome when the next step is due.
    const dueAt = (await hasOpenMessage(tx, { id: followUp.id, contactId: followUp.contact_id }))
      ? null
      : new Date();
    await to(tx, followUp, { state: "active", because: null, dueAt });
    await reopenCampaign(tx, followUp.campaign_id);
  }
  return done(tx, request, "follow_up.continued", followUp);
}

/** Begins again at the first step, in a new round. Refused for a contact that may not be written to. */
export async function restartFollowUp(tx: Tx, request: Request): Promise<FollowUp> {
  const followUp = await lockVisible(tx, request, "restart");
  await requireEligible(tx, followUp);
  await withdrawQueued(tx, { followUpIds: [followUp.id] });
  await updateFollowUp(tx, followUp.id, {
    state: "active",
    because: null,
    dueAt: new Date(),
    round: followUp.round + 1,
    nextStep: 0,
  });
  await reopenCampaign(tx, followUp.campaign_id);
  return done(tx, request, "follow_up.restarted", followUp);
}

/** Ends a contact's sequence. It is no stop: other campaigns may write to the contact. */
export async function removeFollowUp(tx: Tx, request: Request): Promise<FollowUp> {
  const followUp = await lockVisible(tx, request, "remove");
  await withdrawQueued(tx, { followUpIds: [followUp.id] });
  await to(tx, followUp, { state: "removed", because: "user", dueAt: null });
  return done(tx, request, "follow_up.removed", followUp);
}

async function lockVisible(tx: Tx, request: Request, verb: FollowUpVerb): Promise<FollowUp> {
  const followUp = await lockFollowUp(tx, request.id);
  if (!followUp) throw noFollowUp();
  await requireVisible(tx, request.viewer, followUp.contact_id).catch((error) => {
    throw error instanceof HeedError && error.code === "not_found" ? noFollowUp() : error;
  });
  checkVerb(verb, followUp.state);
  return followUp;
}

function noFollowUp(): HeedError {
  return new HeedError("not_found", "There is no such follow-up.");
}

function to(
  tx: Tx,
  followUp: FollowUp,
  change: { state: FollowUp["state"]; because: string | null; dueAt: Date | null },
) {
  return updateFollowUp(tx, followUp.id, {
    ...change,
    round: followUp.round,
    nextStep: followUp.next_step,
  });
}

async function done(tx: Tx, request: Request, act: string, before: FollowUp): Promise<FollowUp> {
  await record(tx, {
    act,
    actor: request.actor,
    contactId: before.contact_id,
    subjectId: before.id,
    detail: { campaign_id: before.campaign_id, step: before.next_step, from: before.state },
  });
  return (await selectFollowUp(tx, before.id)) as FollowUp;
}

/** @throws HeedError contact_stopped with every reason and who may lift it */
async function requireEligible(tx: Tx, followUp: FollowUp): Promise<void> {
  const campaign = await findCampaign(tx, followUp.campaign_id);
  const status = await sendingStatus(tx, {
    contactId: followUp.contact_id,
    channel: campaign.steps[followUp.next_step]?.channel ?? campaign.channel,
    topicId: campaign.topic_id,
    campaignId: campaign.id,
  });
  if (status.eligible) return;
  const reasons = status.refusals.map((r) => `${r.because} (${r.code}); ${r.how}`);
  throw new HeedError(
    "contact_stopped",
    `This contact may not be written to: ${reasons.join(". ")}.`,
    {
      refusals: status.refusals.map((r) => ({ ...r, since: r.since?.toISOString() ?? null })),
    },
  );
}

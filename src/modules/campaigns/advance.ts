import type { Tx } from "../../kernel/database/index.ts";
import { newId } from "../../kernel/ids.ts";
import { refusalsOf } from "../consent/index.ts";
import { type NewMessage, queueMessages } from "../sending/index.ts";
import { type Campaign, countWaiting, lockCampaign, selectCampaign } from "./campaign-queries.ts";
import { type DueStep, decideDue, lockDue, markQueued, markStopped } from "./follow-up-queries.ts";
import { addResults } from "./result-queries.ts";
import { nextOpening } from "./rules.ts";

/**
 * No more than this waits in an account's outbox. A pause then has little to take
 * back, and a sending window that closes leaves little behind that is due already.
 */
const mostWaiting = 20_000;

export interface Advanced {
  queued: number;
  stopped: number;
}

/**
 * Turns due follow-ups of a running campaign into queued messages, at most
 * `limit`; several workers share the work. Whoever may not be written to at this
 * moment is stopped, with the reasons. The gate is asked again when each message
 * is claimed.
 */
export async function advanceDue(
  tx: Tx,
  campaignId: string,
  limit: number,
  now: Date = new Date(),
): Promise<Advanced> {
  const nothing = { queued: 0, stopped: 0 };
  if ((await lockCampaign(tx, campaignId, "share")) !== "running") return nothing;
  const campaign = await selectCampaign(tx, campaignId);
  const accountId = campaign?.sending_account_id;
  if (!campaign || !accountId) return nothing;
  const room = mostWaiting - (await countWaiting(tx, accountId, mostWaiting));
  if (room <= 0) return nothing;
  const locked = await lockDue(tx, campaignId, Math.min(limit, room));
  if (locked.length === 0) return nothing;
  const due = await decide(tx, campaign, locked);

  const dueAt = nextOpening(now, campaign.sending_window, campaign.time_zone);
  const messages: NewMessage[] = [];
  const refused: { followUpId: string; because: string }[] = [];
  for (const step of due) {
    const message = step.refusals === 0 ? messageFor(campaign, step, dueAt) : null;
    if (message) messages.push(message);
    else
      refused.push({ followUpId: step.follow_up_id, because: refusalsOf(step.refusals).join(",") });
  }
  if (refused.length > 0) await markStopped(tx, refused);
  if (messages.length > 0) await queue(tx, campaign.id, messages);
  return { queued: messages.length, stopped: refused.length };
}

async function queue(tx: Tx, campaignId: string, messages: readonly NewMessage[]): Promise<void> {
  await queueMessages(tx, messages);
  await markQueued(
    tx,
    messages.flatMap((m) => m.follow_up_id ?? []),
  );
  const perStep = new Map<number, number>();
  for (const { step } of messages) perStep.set(step, (perStep.get(step) ?? 0) + 1);
  await addResults(
    tx,
    [...perStep].map(([step, count]) => ({ campaign_id: campaignId, step, name: "queued", count })),
  );
}

/** The decision on each, on the channel of its own next step. */
async function decide(
  tx: Tx,
  campaign: Campaign,
  followUpIds: readonly string[],
): Promise<DueStep[]> {
  const due: DueStep[] = [];
  const channels = new Set(campaign.steps.map((step) => step.channel));
  for (const channel of channels) {
    const purpose = { id: campaign.id, channel, topicId: campaign.topic_id };
    const positions = campaign.steps.flatMap((step, at) => (step.channel === channel ? [at] : []));
    due.push(...(await decideDue(tx, purpose, followUpIds, channels.size > 1 ? positions : null)));
  }
  return due;
}

function messageFor(campaign: Campaign, due: DueStep, dueAt: Date): NewMessage | null {
  const step = campaign.steps[due.step];
  const accountId = step?.account_id ?? campaign.sending_account_id;
  if (due.address === null || due.key === null || !step || !accountId) return null;
  return {
    id: newId(),
    campaign_id: campaign.id,
    follow_up_id: due.follow_up_id,
    round: due.round,
    step: due.step,
    contact_id: due.contact_id,
    channel: step.channel,
    topic_id: campaign.topic_id,
    address: due.address,
    key: due.key,
    account_id: accountId,
    due_at: dueAt,
  };
}

import type { Tx } from "../../kernel/database/index.ts";
import { refusalsOf, type StopRow } from "../consent/index.ts";
import { markStopped } from "./follow-up-queries.ts";
import {
  addResults,
  addToHour,
  contactsWithKeys,
  countMessages,
  delaysAfter,
  endFollowUps,
  markReplied,
  moveOn,
  type ResultName,
  refusedFollowUps,
  type SequenceMessage,
} from "./result-queries.ts";
import { after } from "./rules.ts";
import { withdrawQueued } from "./withdraw-queued.ts";

/*
 * What follows in a sequence from what happened to its messages. Called in the
 * transaction of the fact; messages without a follow-up (tests) are left out.
 */

type OfSequence = SequenceMessage & { campaign_id: string; follow_up_id: string };

function ofSequences<M extends SequenceMessage>(messages: readonly M[]): (M & OfSequence)[] {
  return messages.filter(
    (m): m is M & OfSequence => m.campaign_id !== null && m.follow_up_id !== null,
  );
}

/** Accepted: counted as sent; each follow-up waits for its next step, or is finished. `now` is the moment the delay counts from. */
export async function onMessagesAccepted(
  tx: Tx,
  messages: readonly SequenceMessage[],
  now: Date = new Date(),
): Promise<void> {
  await passStep(tx, ofSequences(messages), now);
  await countMessages(tx, messages, "sent");
  const perCampaign = new Map<string, number>();
  for (const { campaign_id } of ofSequences(messages)) {
    perCampaign.set(campaign_id, (perCampaign.get(campaign_id) ?? 0) + 1);
  }
  if (perCampaign.size > 0) await addToHour(tx, perCampaign);
}

async function passStep(tx: Tx, messages: readonly OfSequence[], now: Date): Promise<void> {
  if (messages.length === 0) return;
  const named = new Map(
    messages.map((m) => [
      `${m.campaign_id}:${m.step}`,
      { campaign_id: m.campaign_id, step: m.step },
    ]),
  );
  const due = new Map<string, Date | null>();
  for (const { campaign_id, step, delay, time_zone } of await delaysAfter(tx, [
    ...named.values(),
  ])) {
    due.set(`${campaign_id}:${step}`, delay === null ? null : after(now, delay, time_zone));
  }
  await moveOn(
    tx,
    messages.map((m) => ({
      follow_up_id: m.follow_up_id,
      round: m.round,
      step: m.step,
      due_at: due.get(`${m.campaign_id}:${m.step}`) ?? null,
    })),
  );
}

/**
 * Refused for good: counted as bounced where the mailbox does not exist, else as
 * failed. The follow-up ends: the next step would meet the same refusal.
 */
export async function onMessagesFailed(
  tx: Tx,
  messages: readonly (SequenceMessage & { hard?: boolean })[],
): Promise<void> {
  const ended = ofSequences(messages);
  if (ended.length > 0) {
    await endFollowUps(tx, ended, {
      state: "stopped",
      because: ended.map(() => "failed"),
      skipStep: true,
    });
  }
  await countMessages(
    tx,
    messages.filter((m) => m.hard),
    "bounced",
  );
  await countMessages(
    tx,
    messages.filter((m) => !m.hard),
    "failed",
  );
}

/** Cancelled by a stop or by the gate: the follow-up ends, with the codes that refused it. */
export async function onMessagesCancelled(
  tx: Tx,
  messages: readonly (SequenceMessage & { refusals?: number | null })[],
): Promise<void> {
  const ended = messages.filter((m) => m.campaign_id !== null && m.follow_up_id !== null);
  if (ended.length > 0) {
    const because = ended.map((m) => refusalsOf(m.refusals ?? 0).join(",") || "stopped");
    await endFollowUps(tx, ended, { state: "stopped", because, skipStep: false });
  }
  await countMessages(tx, messages, "cancelled");
}

/** Silence after the final dot: never sent again by itself (S13). The follow-up waits for a person, past that step. */
export async function onMessagesUnknown(
  tx: Tx,
  messages: readonly SequenceMessage[],
): Promise<void> {
  const ended = ofSequences(messages);
  if (ended.length > 0) {
    await endFollowUps(tx, ended, {
      state: "paused",
      because: ended.map(() => "unknown"),
      skipStep: true,
    });
  }
  await countMessages(tx, messages, "unknown");
}

/**
 * What became of messages that went out. Figures follow from the state that a
 * message is in, not from how it got there, so that reports in any order give
 * the same ones (S7): who complains has received it.
 */
export async function onMessagesReported(
  tx: Tx,
  messages: readonly (SequenceMessage & { from: string; to: string })[],
): Promise<void> {
  const counts = ofSequences(messages).flatMap(({ campaign_id, step, from, to }) => [
    ...countedAs(from).map((name) => ({ campaign_id, step, name, count: -1 })),
    ...countedAs(to).map((name) => ({ campaign_id, step, name, count: 1 })),
  ]);
  await addResults(tx, counts);
}

function countedAs(state: string): ResultName[] {
  switch (state) {
    case "delivered":
      return ["delivered"];
    case "bounced":
      return ["bounced"];
    case "complained":
      return ["delivered", "complained"];
    default:
      return [];
  }
}

/** A recipient pressed unsubscribe in one of these messages. */
export async function onUnsubscribed(tx: Tx, messages: readonly SequenceMessage[]): Promise<void> {
  await countMessages(tx, messages, "unsubscribed");
}

/**
 * The person answered: open follow-ups in campaigns that stop on reply end and
 * their queued messages are taken back. `followUpId` is the one that was
 * answered, when known: it counts as replied also when its sequence had ended.
 */
export async function onReply(
  tx: Tx,
  contactId: string,
  followUpId: string | null = null,
): Promise<void> {
  const replied = await markReplied(tx, { contactId, followUpId });
  if (replied.length === 0) return;
  await withdrawQueued(tx, { followUpIds: replied.map((r) => r.id) });
  await addResults(
    tx,
    replied
      .filter((r) => r.next_step > 0)
      .map((r) => ({
        campaign_id: r.campaign_id,
        step: r.next_step - 1,
        name: "replied",
        count: 1,
      })),
  );
}

/**
 * Stops were made (or an address was lost) on these contacts: every open
 * follow-up of theirs that the decision refuses now ends, with the codes. Call
 * it after the queued messages were cancelled. A lift starts none of them again.
 */
export async function onContactStopped(tx: Tx, contactIds: readonly string[]): Promise<void> {
  if (contactIds.length === 0) return;
  const refused = await refusedFollowUps(tx, contactIds);
  if (refused.length === 0) return;
  await markStopped(
    tx,
    refused.map((r) => ({ followUpId: r.id, because: refusalsOf(r.refusals).join(",") })),
  );
}

/** Stops were made, by contact or by address. Under a stopped domain, each contact is refused as its turn comes. */
export async function onStopsMade(tx: Tx, { stops }: { stops: readonly StopRow[] }): Promise<void> {
  const contactIds = stops.flatMap((stop) =>
    stop.subject_type === "contact" ? [stop.subject] : [],
  );
  const keys = stops.flatMap((stop) => (stop.subject_type === "address" ? [stop.subject] : []));
  const holders = keys.length > 0 ? await contactsWithKeys(tx, keys) : [];
  await onContactStopped(tx, [...new Set([...contactIds, ...holders])]);
}

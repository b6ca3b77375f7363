import type { Tx } from "../../../kernel/database/index.ts";
import {
  type RefusalCode,
  refusalBits,
  refusalCodes,
  refusalsOf,
  sendingStatus,
} from "../../consent/index.ts";
import { type Channel, createdAt } from "../../contacts/index.ts";
import { cancelledBy } from "../messages/cancelled-by.ts";
import { type MessageRecord, messagesAround } from "../messages/queries.ts";
import { explain, moment, type PastRefusal } from "./rules.ts";
import { addressesChangedAfter, databaseNow, type PastStop, stopsInForce } from "./stop-queries.ts";

/** How far from the moment a message may have been open or have ended, to be one of those "around" it. */
const hoursAround = 12;
const messagesAtMost = 20;

export interface Why {
  at: Date;
  channel: Channel;
  topicId: string | null;
  campaignId: string | null;
  eligible: boolean;
  refusals: { code: RefusalCode; stop: PastStop | null }[];
  /** The one asked about, or those around the moment, the nearest first. */
  messages: { message: MessageRecord; cancelledBy: PastStop[] }[];
  answer: string;
  caveats: string[];
}

/**
 * Why a contact was, or was not, written to at a moment: the stops that stood
 * then, by the rule of sending_status, and what became of the messages around
 * it. At the present moment it says what sendingStatus says.
 */
export async function why(
  tx: Tx,
  question: {
    contactId: string;
    at: Date | null;
    /** A message of this contact, whose purpose and end the question is about. */
    message: MessageRecord | null;
    channel: Channel;
    topicId: string | null;
    campaignId: string | null;
  },
): Promise<Why> {
  const now = await databaseNow(tx);
  const asked = question.message;
  const at = question.at ?? asked?.finished_at ?? asked?.claimed_at ?? now;
  const channel = asked?.channel ?? question.channel;
  const found = asked
    ? [asked]
    : await messagesAround(tx, question.contactId, {
        at,
        channel,
        hours: hoursAround,
        limit: messagesAtMost,
      });
  // The purpose of the nearest message, unless one was named: its campaign and topic decide which stops cover it.
  const purpose =
    asked ?? (question.topicId === null && question.campaignId === null ? found[0] : undefined);
  const topicId = purpose?.topic_id ?? question.topicId;
  const campaignId = purpose?.campaign_id ?? question.campaignId;

  const scope = { contactId: question.contactId, channel, topicId, campaignId };
  const stops = await stopsInForce(tx, { ...scope, at, subjects: asked ? [asked.key] : [] });
  const facts = (await sendingStatus(tx, scope)).refusals.filter(
    (refusal) => refusal.stop_id === null,
  );
  const refusals = inOrder(
    stops,
    facts.map((fact) => fact.code),
  );
  const messages: Why["messages"] = [];
  for (const message of found)
    messages.push({ message, cancelledBy: await cancelledBy(tx, message) });
  const nearest = messages[0] ?? null;
  const changed = await addressesChangedAfter(tx, question.contactId, at);
  return {
    at,
    channel,
    topicId,
    campaignId,
    eligible: refusals.length === 0,
    refusals,
    messages,
    answer: explain({
      at,
      contactSince: createdAt(question.contactId),
      refusals,
      message: nearest?.message ?? null,
      cancelledFor: nearest ? cancellation(nearest) : [],
    }),
    caveats: changed
      ? [
          `The addresses were changed on ${moment(changed)}, after that moment; stops on addresses it no longer has are shown only where a message names them.`,
        ]
      : [],
  };
}

/** Stops and facts as sendingStatus orders them. */
function inOrder(stops: readonly PastStop[], facts: readonly RefusalCode[]): Why["refusals"] {
  return refusalCodes.flatMap((code): Why["refusals"] => {
    const behind = stops.filter((stop) => stop.refusal === refusalBits[code]);
    if (behind.length > 0) return behind.map((stop) => ({ code, stop }));
    return facts.includes(code) ? [{ code, stop: null }] : [];
  });
}

/** What the gate refused a cancelled message for, as it was recorded then. */
function cancellation({ message, cancelledBy: stops }: Why["messages"][number]): PastRefusal[] {
  return inOrder(stops, refusalsOf(message.refusals ?? 0));
}

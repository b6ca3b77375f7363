import type { Tx } from "../../../kernel/database/index.ts";
import { HeedError } from "../../../kernel/errors.ts";
import { newId } from "../../../kernel/ids.ts";
import type { Channel } from "../../contacts/index.ts";
import { type Actor, record } from "../../ledger/index.ts";
import { liftStop } from "../lift-stop.ts";
import { bumpFences } from "../queries.ts";
import { findTopic } from "../topics/queries.ts";
import { insertConsentEvents, standingUnsubscribes, upsertConsent } from "./queries.ts";

export interface OptIn {
  address: { key: string; channel: Channel };
  contactId?: string | null;
  /** The person said it, and it is proved that it was them: a signed link to their own mailbox. */
  byPerson: boolean;
  topicId: string;
  state: "opted_in" | "implied";
  /** Of what is implied: until when. */
  expiresAt?: Date | null;
  source: "form" | "preference_page" | "user" | "api";
  /** How it is known: form, words, time, a keyed hash of the network address; or a user's own words. */
  evidence: Record<string, unknown>;
  actor: Actor;
}

/**
 * Records that somebody agreed to a topic. Said by the person, it lifts their own unsubscribe
 * from exactly that topic; recorded by anybody else it lifts nothing (S5).
 * @throws HeedError not_found
 */
export async function optIn(
  tx: Tx,
  request: OptIn,
): Promise<{ eventId: string; lifted: string[] }> {
  const topic = await findTopic(tx, request.topicId);
  if (!topic || topic.archived_at != null) {
    throw new HeedError("not_found", "There is no such topic.");
  }
  const { key, channel } = request.address;
  // In order with a stop on the same address that is being made at this moment.
  await bumpFences(tx, [key]);
  const lifted =
    request.byPerson && request.state === "opted_in"
      ? await liftOwn(tx, { key, channel, topicId: topic.id }, request.source)
      : [];
  const event = {
    id: newId(),
    key,
    channel,
    topic_id: topic.id,
    state: request.state,
    source: request.source,
    stop_id: null,
    evidence: request.evidence,
    actor_type: request.actor.type,
    actor_id: request.actor.id,
    expires_at: request.expiresAt ?? null,
  };
  await insertConsentEvents(tx, [event]);
  await upsertConsent(tx, event);
  await record(tx, {
    act: "consent.given",
    actor: request.actor,
    contactId: request.contactId ?? null,
    key,
    subjectId: event.id,
    detail: { channel, topic_id: topic.id, state: event.state, source: event.source },
  });
  return { eventId: event.id, lifted };
}

/** Lifts, as the person, their unsubscribes of exactly this scope; a topic of null is the whole channel. */
export async function liftOwn(
  tx: Tx,
  scope: { key: string; channel: Channel; topicId: string | null },
  source: "form" | "preference_page" | "user" | "api",
): Promise<string[]> {
  const stopIds = await standingUnsubscribes(tx, scope);
  for (const stopId of stopIds) {
    await liftStop(tx, {
      stopId,
      actor: { type: "recipient", id: null },
      lifter: { as: "recipient", permissions: new Set() },
      authorization:
        source === "form" ? "confirmed opt-in by form" : "opted in on the preference page",
    });
  }
  return stopIds;
}

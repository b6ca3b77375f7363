import type { Tx } from "../../../kernel/database/index.ts";
import { pauseFollowUpsOf, postponeFollowUpsOf } from "../../campaigns/index.ts";
import { makeStop } from "../../consent/index.ts";
import type { Channel } from "../../contacts/index.ts";
import { type Actor, system } from "../../ledger/index.ts";
import { receiveReply } from "../receive-reply.ts";
import type { Deed, Meaning, Understanding } from "../understanding.ts";
import type { Subject } from "./find-subject.ts";

export interface Answer {
  inboundId: string;
  understanding: Understanding;
  subject: Subject;
  /** What it came on, and what a stop of it covers; email where left out. */
  channel?: Channel;
  receivedAt: Date;
  /** Whoever says what it means: Heed by its rules, or the person who corrected it. */
  actor: Actor;
}

/** Meanings that end writing to the person on every channel, as what they are recorded. */
const leaves: Partial<Record<Meaning, string>> = {
  stop: "asked to stop in a reply",
  left: "has left, as the answer says",
  retired: "has retired, as the answer says",
  moved: "has moved to another address, as the answer says",
};

/** A person answered. The sequence that stops on reply ends in any case; what they say decides the rest. */
export async function actOnReply(tx: Tx, answer: Answer): Promise<Deed[]> {
  const { subject, understanding } = answer;
  const { contactId } = subject;
  const did: Deed[] = [];
  if (contactId) {
    await receiveReply(tx, {
      contactId,
      followUpId: subject.message?.follow_up_id ?? null,
      messageId: subject.message?.id ?? null,
      at: answer.receivedAt,
      actor: system,
    });
    did.push({ what: "follow_ups_ended" });
  }
  if (!understanding.certain) {
    if (contactId) {
      const count = await pauseFollowUpsOf(tx, contactId, "reply_doubtful");
      if (count > 0) did.push({ what: "follow_ups_paused", count });
    }
    return did;
  }
  return [...did, ...(await actOnMeaning(tx, answer))];
}

/** A program answered for the person: nobody has read our mail, so nothing ends by the answer itself. */
export async function actOnAutoReply(tx: Tx, answer: Answer): Promise<Deed[]> {
  const { subject, understanding } = answer;
  if (!understanding.certain || !subject.contactId) return [];
  if (understanding.meaning === "out_of_office" && understanding.until) {
    const count = await postponeFollowUpsOf(tx, subject.contactId, understanding.until);
    return count > 0 ? [{ what: "follow_ups_postponed", until: understanding.until, count }] : [];
  }
  // Only what says that the person is gone for good; a program asks for no stop.
  return understanding.meaning && ["left", "retired", "moved"].includes(understanding.meaning)
    ? actOnMeaning(tx, answer)
    : [];
}

/** The stops and pauses that a meaning asks for. */
export async function actOnMeaning(tx: Tx, answer: Answer): Promise<Deed[]> {
  const { subject, understanding, actor } = answer;
  const did: Deed[] = [];
  const evidence = { inbound_id: answer.inboundId, understood_as: understanding.understoodAs };
  const meaning = understanding.meaning ?? "other";
  const key = subject.key;
  const channel = answer.channel ?? "email";
  if (meaning === "unsubscribe" && key) {
    const { stop } = await makeStop(tx, {
      kind: "unsubscribe",
      subject: { key, channel },
      channel,
      cause: "reply",
      because: understanding.because,
      evidence,
      actor,
    });
    did.push({ what: "stopped", kind: stop.kind, stop_id: stop.id });
  }
  const because = leaves[meaning];
  if (because && subject.contactId) {
    const { stop } = await makeStop(tx, {
      kind: "deactivation",
      subject: { contactId: subject.contactId },
      cause: "reply",
      because,
      evidence,
      actor,
    });
    did.push({ what: "stopped", kind: stop.kind, stop_id: stop.id });
  } else if (meaning === "stop" && key) {
    // Nobody has the address any more: what was said holds for the address itself.
    const { stop } = await makeStop(tx, {
      kind: "unsubscribe",
      subject: { key, channel },
      channel,
      cause: "reply",
      because: "asked to stop in a reply",
      evidence,
      actor,
    });
    did.push({ what: "stopped", kind: stop.kind, stop_id: stop.id });
  }
  if (
    (meaning === "not_now" || meaning === "out_of_office") &&
    understanding.until &&
    subject.contactId
  ) {
    const count = await postponeFollowUpsOf(tx, subject.contactId, understanding.until);
    if (count > 0) did.push({ what: "follow_ups_postponed", until: understanding.until, count });
  }
  if (meaning === "not_interested" && subject.contactId) {
    const count = await pauseFollowUpsOf(tx, subject.contactId, "not_interested");
    if (count > 0) did.push({ what: "follow_ups_paused", count });
  }
  if (understanding.suggestions.length > 0) {
    did.push({ what: "address_suggested", count: understanding.suggestions.length });
  }
  if (understanding.eraseRequested) did.push({ what: "erasure_asked" });
  return did;
}

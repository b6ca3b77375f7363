import type { Tx } from "../../../kernel/database/index.ts";
import { record, system } from "../../ledger/index.ts";
import type { InboundState, StoredMessage } from "../queries.ts";
import { writeReading } from "../queries.ts";
import type { Deed, Understanding } from "../understanding.ts";
import { actOnAutoReply, actOnReply } from "./act-on-reply.ts";
import { actOnBounce, actOnComplaint, actOnDelivery } from "./act-on-report.ts";
import { findSubject, type Subject } from "./find-subject.ts";
import { joinConversation } from "./join-conversation.ts";

/** What came of a message: what was done, and whether a person has to look. */
export interface Reading {
  state: InboundState;
  subject: Subject;
  did: Deed[];
}

/**
 * Does what an incoming message asks for and keeps what was understood, in one
 * transaction. Only stops and pauses follow from mail; nothing in it can lift a
 * stop or act as a user, whoever it says it is from.
 */
export async function act(
  tx: Tx,
  stored: Pick<StoredMessage, "id" | "envelope_to" | "received_at">,
  understanding: Understanding,
): Promise<Reading> {
  const subject = await findSubject(tx, understanding, stored.envelope_to);
  const did = await follow(tx, stored, understanding, subject);
  const state = needsPerson(understanding, subject) ? "waiting" : "done";
  await writeReading(tx, stored.id, {
    state,
    understanding,
    contactId: subject.contactId,
    key: subject.key,
    messageId: subject.message?.id ?? null,
    did,
  });
  if (subject.contactId) {
    await joinConversation(tx, {
      inboundId: stored.id,
      contactId: subject.contactId,
      understanding,
      message: subject.message,
      at: stored.received_at,
    });
  }
  await record(tx, {
    act: "inbound.read",
    actor: system,
    contactId: subject.contactId,
    key: subject.key,
    subjectId: stored.id,
    detail: { kind: understanding.kind, meaning: understanding.meaning, state },
  });
  return { state, subject, did };
}

async function follow(
  tx: Tx,
  stored: Pick<StoredMessage, "id" | "received_at">,
  understanding: Understanding,
  subject: Subject,
): Promise<Deed[]> {
  const inbound = { id: stored.id, understanding, subject };
  const answer = {
    inboundId: stored.id,
    understanding,
    subject,
    receivedAt: stored.received_at,
    actor: { type: "recipient", id: subject.contactId } as const,
  };
  switch (understanding.kind) {
    case "bounce":
      return actOnBounce(tx, inbound);
    case "complaint":
      return actOnComplaint(tx, inbound);
    case "delivered":
      return actOnDelivery(tx, subject);
    case "reply":
      return actOnReply(tx, answer);
    case "auto_reply":
      return actOnAutoReply(tx, answer);
    default:
      return [];
  }
}

/** Doubtful answers, and those that want one, wait for a person; so does what could not be read. */
function needsPerson(understanding: Understanding, subject: Subject): boolean {
  if (understanding.eraseRequested) return true;
  if (understanding.kind === "reply") {
    return (
      !understanding.certain ||
      ["agreed_to_meet", "wants_information", "referred", "other"].includes(
        understanding.meaning ?? "other",
      )
    );
  }
  if (understanding.kind === "unreadable") return true;
  if (understanding.kind === "unknown") return subject.contactId !== null;
  return false;
}

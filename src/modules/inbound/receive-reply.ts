import type { Tx } from "../../kernel/database/index.ts";
import { HeedError } from "../../kernel/errors.ts";
import { onReply } from "../campaigns/index.ts";
import {
  findContact,
  findContactByAddress,
  isProblem,
  keyOfAddress,
  noteReply,
  parseEmail,
} from "../contacts/index.ts";
import { type Actor, record } from "../ledger/index.ts";
import { findMessage } from "../sending/index.ts";
import { type IncomingMail, readMail } from "./read-mail.ts";

export interface Reception {
  kind: "reply" | "automatic" | "unmatched";
  contact_id: string | null;
  message_id: string | null;
  because: string;
}

const ourId = /^([0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12})@/;

/**
 * Takes an incoming message: an answer to one of our own, or from an address we
 * know, ends the sequences that stop on reply. An automatic answer ends nothing.
 */
export async function receiveMail(tx: Tx, raw: Buffer, actor: Actor): Promise<Reception> {
  const mail = await readMail(raw);
  const answered = await answeredMessage(tx, mail);
  const contactId = answered?.contact_id ?? (await senderOf(tx, mail));
  if (!contactId) {
    return {
      kind: "unmatched",
      contact_id: null,
      message_id: null,
      because: "it answers no message of ours, and no contact has its From address",
    };
  }
  if (mail.automatic) {
    return {
      kind: "automatic",
      contact_id: contactId,
      message_id: answered?.id ?? null,
      because: "a program wrote it (Auto-Submitted, report), so nobody has answered",
    };
  }
  await receiveReply(tx, {
    contactId,
    followUpId: answered?.follow_up_id ?? null,
    messageId: answered?.id ?? null,
    at: new Date(),
    actor,
  });
  return {
    kind: "reply",
    contact_id: contactId,
    message_id: answered?.id ?? null,
    because: answered ? "it answers a message of ours" : "its From address is the contact's",
  };
}

/** The person answered, on whatever way: their sequences that stop on reply end. */
export async function receiveReply(
  tx: Tx,
  reply: {
    contactId: string;
    followUpId: string | null;
    messageId: string | null;
    at: Date;
    actor: Actor;
  },
): Promise<void> {
  if (!(await findContact(tx, reply.contactId)))
    throw new HeedError("not_found", "There is no such contact.");
  await noteReply(tx, reply.contactId, reply.at);
  await record(tx, {
    act: "reply.received",
    actor: reply.actor,
    contactId: reply.contactId,
    subjectId: reply.messageId,
  });
  await onReply(tx, reply.contactId, reply.followUpId);
}

async function answeredMessage(tx: Tx, mail: IncomingMail) {
  for (const answered of mail.answers) {
    const id = ourId.exec(answered)?.[1];
    const message = id ? await findMessage(tx, id) : undefined;
    if (message?.contact_id) return message;
  }
  return undefined;
}

async function senderOf(tx: Tx, mail: IncomingMail): Promise<string | null> {
  if (!mail.from || isProblem(parseEmail(mail.from))) return null;
  return findContactByAddress(tx, "email", keyOfAddress(tx.secrets, "email", mail.from).key);
}

import type { Tx } from "../../kernel/database/index.ts";
import { HeedError } from "../../kernel/errors.ts";
import { onReply } from "../campaigns/index.ts";
import { findContact, noteReply } from "../contacts/index.ts";
import { type Actor, record } from "../ledger/index.ts";

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

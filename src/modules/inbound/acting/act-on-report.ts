import type { Tx } from "../../../kernel/database/index.ts";
import { hasFence, makeStop, noteTemporaryFailure, stopBounced } from "../../consent/index.ts";
import { contactsWithEmailKey, isProblem, keyOfAddress, parseEmail } from "../../contacts/index.ts";
import { system } from "../../ledger/index.ts";
import { reportMessages } from "../../sending/index.ts";
import type { Deed, ReportedRecipient, Understanding } from "../understanding.ts";
import type { Subject } from "./find-subject.ts";

/**
 * A bounce: a mailbox that does not exist is suppressed and its contact
 * deactivated; a full or busy one counts toward quarantine; a refusal for policy
 * is the sender's problem and stops nobody.
 */
export async function actOnBounce(
  tx: Tx,
  inbound: { id: string; understanding: Understanding; subject: Subject },
): Promise<Deed[]> {
  const { subject, understanding } = inbound;
  const did: Deed[] = [];
  for (const recipient of understanding.recipients) {
    const key = await keyOf(tx, subject, recipient, understanding.recipients.length === 1);
    if (!key) continue;
    if (recipient.class === "hard") did.push(...(await stopHard(tx, inbound, key, recipient)));
    if (recipient.class === "soft") {
      const code = recipient.status ?? "soft";
      await noteTemporaryFailure(tx, { key, channel: "email", code });
      did.push({ what: "counted_failure", kind: "soft" });
    }
  }
  const worst =
    understanding.recipients.find((each) => each.class === "hard") ?? understanding.recipients[0];
  const because = worst
    ? `${worst.class}: ${worst.status ?? worst.reason}`.slice(0, 200)
    : "bounced";
  return [...did, ...(await report(tx, subject, "bounced", because, worst?.class === "hard"))];
}

/** A complaint suppresses the address; nobody can lift that. */
export async function actOnComplaint(
  tx: Tx,
  inbound: { id: string; understanding: Understanding; subject: Subject },
): Promise<Deed[]> {
  const { subject, understanding } = inbound;
  const keys = new Set<string>();
  if (subject.key) keys.add(subject.key);
  for (const recipient of understanding.recipients) {
    const key = await keyOf(tx, subject, recipient, understanding.recipients.length === 1);
    if (key) keys.add(key);
  }
  const did: Deed[] = [];
  for (const key of [...keys].sort()) {
    const { stop } = await makeStop(tx, {
      kind: "suppression",
      subject: { key, channel: "email" },
      channel: "email",
      cause: "complaint",
      because: "a complaint about spam",
      evidence: { inbound_id: inbound.id, understood_as: understanding.understoodAs },
      actor: system,
    });
    did.push({ what: "stopped", kind: stop.kind, stop_id: stop.id });
  }
  return [...did, ...(await report(tx, subject, "complained", "complaint"))];
}

/** Delivered, as its server says: only the message learns of it. */
export function actOnDelivery(tx: Tx, subject: Subject): Promise<Deed[]> {
  return report(tx, subject, "delivered", null);
}

async function stopHard(
  tx: Tx,
  inbound: { id: string; understanding: Understanding; subject: Subject },
  key: string,
  recipient: ReportedRecipient,
): Promise<Deed[]> {
  const stops = await stopBounced(tx, [
    {
      key,
      channel: "email",
      contactId: inbound.subject.contactId,
      because: "mail came back: the mailbox does not exist",
      evidence: {
        inbound_id: inbound.id,
        understood_as: inbound.understanding.understoodAs,
        status: recipient.status,
      },
    },
  ]);
  return stops.map(({ id, kind }) => ({ what: "stopped" as const, kind, stop_id: id }));
}

/**
 * The key that the report is about. Our own message's where it names one: that is
 * the address that was written to, whatever servers made of it on the way. Else
 * the recipient's, if this workspace ever wrote to it or has it: what a stranger
 * makes up stops nobody else.
 */
async function keyOf(
  tx: Tx,
  subject: Subject,
  recipient: ReportedRecipient,
  only: boolean,
): Promise<string | null> {
  if (subject.key && only) return subject.key;
  if (!recipient.address || isProblem(parseEmail(recipient.address))) return null;
  const { key } = keyOfAddress(tx.secrets, "email", recipient.address);
  if (key === subject.key) return key;
  const known = (await contactsWithEmailKey(tx, key)).length > 0 || (await hasFence(tx, key));
  return known ? key : null;
}

async function report(
  tx: Tx,
  subject: Subject,
  fact: "delivered" | "bounced" | "complained",
  because: string | null,
  hard = false,
): Promise<Deed[]> {
  if (!subject.message) return [];
  const changed = await reportMessages(tx, [
    { messageId: subject.message.id, fact, because, hard },
  ]);
  return changed.map((id) => ({ what: "message_reported" as const, message_id: id, state: fact }));
}

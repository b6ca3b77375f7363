import type { Tx } from "../../../kernel/database/index.ts";
import { readUnsubscribeToken } from "../../consent/index.ts";
import { findContactByAddress, isProblem, keyOfAddress, parseEmail } from "../../contacts/index.ts";
import { findMessage, type MessageRow, readReturnAddress } from "../../sending/index.ts";
import type { Understanding } from "../understanding.ts";

/** Whom and which of our messages an incoming message is about. */
export interface Subject {
  message: MessageRow | null;
  contactId: string | null;
  /** The key of the address that it is about, where one of ours names it for certain. */
  key: string | null;
  /** How we know. */
  because: string;
}

const ourId = /^([0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12})@/;

/**
 * Finds the message of ours by what nobody can make up (a signed return address
 * or token), then by what the sender of the mail quotes, then the contact by its
 * From address. A forged answer can therefore stop, and never more than that.
 */
export async function findSubject(
  tx: Tx,
  mail: Pick<Understanding, "answers" | "token" | "fromAddress" | "kind">,
  envelopeTo: string | null,
): Promise<Subject> {
  const at = envelopeTo?.lastIndexOf("@") ?? -1;
  const returned = envelopeTo
    ? readReturnAddress(tx.secrets, at === -1 ? envelopeTo : envelopeTo.slice(0, at), [
        tx.workspaceId,
      ])
    : null;
  if (returned) {
    const message = await findMessage(tx, returned.messageId);
    if (message) return ofMessage(message, "it came to the return address of a message of ours");
  }
  const token = mail.token ? readUnsubscribeToken(tx.secrets, mail.token) : null;
  if (token && token.workspaceId === tx.workspaceId) {
    const message = (await findMessage(tx, token.messageId)) ?? null;
    return {
      message,
      contactId: message?.contact_id ?? (await findContactByAddress(tx, token.channel, token.key)),
      key: token.key,
      because: "it carries the unsubscribe token of a message of ours",
    };
  }
  for (const answered of mail.answers) {
    const id = ourId.exec(answered)?.[1];
    const message = id ? await findMessage(tx, id) : undefined;
    if (message) return ofMessage(message, "it answers a message of ours");
  }
  const aboutSender = mail.kind === "reply" || mail.kind === "auto_reply";
  if (aboutSender && mail.fromAddress && !isProblem(parseEmail(mail.fromAddress))) {
    const { key } = keyOfAddress(tx.secrets, "email", mail.fromAddress);
    const contactId = await findContactByAddress(tx, "email", key);
    // Nobody has it (any more): what was asked holds for the address, whoever has it later.
    const because = contactId
      ? "its From address is the contact's"
      : "no contact has its From address";
    return { message: null, contactId, key, because };
  }
  return {
    message: null,
    contactId: null,
    key: null,
    because: "it answers no message of ours, and no contact has its From address",
  };
}

function ofMessage(message: MessageRow, because: string): Subject {
  return { message, contactId: message.contact_id, key: message.key, because };
}

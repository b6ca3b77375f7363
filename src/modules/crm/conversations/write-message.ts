import type { Tx } from "../../../kernel/database/index.ts";
import { HeedError } from "../../../kernel/errors.ts";
import { sendingStatus } from "../../consent/index.ts";
import type { Channel } from "../../contacts/index.ts";
import { type Actor, record } from "../../ledger/index.ts";
import { appendToConversation } from "./append-to-conversation.ts";
import type { CrmParts } from "./parts.ts";

/**
 * Writes to a contact by hand, in a conversation or beginning one. The gate is
 * asked first, and again when the message is claimed and right before it goes
 * (S3). Throws `contact_stopped` with every reason when it refuses.
 */
export async function writeMessage(
  tx: Tx,
  parts: CrmParts,
  act: {
    contactId: string;
    channel: Channel;
    subject: string;
    text: string;
    conversationId?: string;
    authorId: string;
    actor: Actor;
  },
): Promise<{ conversationId: string; id: string }> {
  const status = await sendingStatus(tx, { contactId: act.contactId, channel: act.channel });
  if (!status.eligible || status.address === null) {
    const reasons = status.refusals.map(({ code, because }) => `${code} (${because})`).join("; ");
    throw new HeedError(
      "contact_stopped",
      `Nothing was sent: this contact may not be written to: ${reasons}.`,
      {
        refusals: status.refusals.map(({ code, stop_id, since, because, who_may_lift, how }) => ({
          code,
          stop_id,
          since: since?.toISOString() ?? null,
          because,
          who_may_lift,
          how,
        })),
      },
    );
  }
  const queued = await parts.queueMessage(tx, {
    contactId: act.contactId,
    channel: act.channel,
    address: status.address,
  });
  const appended = await appendToConversation(tx, {
    contactId: act.contactId,
    channel: act.channel,
    direction: "out",
    subject: act.subject,
    text: act.text,
    at: new Date(),
    fromAddress: queued.fromAddress,
    toAddress: status.address,
    messageId: queued.messageId,
    mailId: queued.mailId,
    authorId: act.authorId,
    ...(act.conversationId ? { conversationId: act.conversationId } : {}),
  });
  await record(tx, {
    act: "conversation.written",
    actor: act.actor,
    contactId: act.contactId,
    subjectId: appended.conversationId,
    detail: { message_id: queued.messageId },
  });
  return appended;
}

import type { Tx } from "../../../kernel/database/index.ts";
import { appendToConversation } from "../../crm/index.ts";
import type { MessageRow } from "../../sending/index.ts";
import type { Understanding } from "../understanding.ts";

/** Puts what a person, or their program, answered into the conversation with them. Reports of servers are none. */
export async function joinConversation(
  tx: Tx,
  answer: {
    inboundId: string;
    contactId: string;
    understanding: Understanding;
    /** The message of ours that it answers. */
    message: MessageRow | null;
    at: Date;
  },
): Promise<void> {
  const { understanding, message } = answer;
  if (understanding.kind !== "reply" && understanding.kind !== "auto_reply") return;
  await appendToConversation(tx, {
    contactId: answer.contactId,
    channel: "email",
    direction: "in",
    subject: understanding.subject,
    text: understanding.said,
    at: answer.at,
    fromAddress: understanding.fromAddress ?? "",
    toAddress: understanding.toAddress ?? message?.address ?? "",
    inboundId: answer.inboundId,
    mailId: understanding.mailId,
    answers: understanding.answers,
  });
}

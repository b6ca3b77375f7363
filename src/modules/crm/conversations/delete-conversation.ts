import type { Tx } from "../../../kernel/database/index.ts";
import type { Viewer } from "../../contacts/index.ts";
import { type Actor, record } from "../../ledger/index.ts";
import { removeConversation } from "./queries.ts";
import { requireConversation } from "./require-conversation.ts";

/** Deletes a conversation with its messages for good. What was sent stays in the messages and the ledger. */
export async function deleteConversation(
  tx: Tx,
  act: { conversationId: string; viewer: Viewer; actor: Actor },
): Promise<void> {
  const conversation = await requireConversation(tx, act.viewer, act.conversationId);
  await removeConversation(tx, conversation.id);
  await record(tx, {
    act: "conversation.deleted",
    actor: act.actor,
    contactId: conversation.contact_id,
    subjectId: conversation.id,
  });
}

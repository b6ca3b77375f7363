import type { Tx } from "../../../kernel/database/index.ts";
import type { Viewer } from "../../contacts/index.ts";
import { type Actor, record } from "../../ledger/index.ts";
import { type ConversationState, updateConversation } from "./queries.ts";
import { requireConversation } from "./require-conversation.ts";

/** Closes or opens a conversation, marks it read or unread. Reading is no act of the ledger. */
export async function changeConversation(
  tx: Tx,
  act: {
    conversationId: string;
    changes: { state?: ConversationState; unread?: boolean };
    viewer: Viewer;
    actor: Actor;
  },
): Promise<void> {
  const before = await requireConversation(tx, act.viewer, act.conversationId);
  const after = { ...before, ...act.changes };
  await updateConversation(tx, before.id, after);
  if (after.state === before.state) return;
  await record(tx, {
    act: after.state === "closed" ? "conversation.closed" : "conversation.reopened",
    actor: act.actor,
    contactId: before.contact_id,
    subjectId: before.id,
  });
}

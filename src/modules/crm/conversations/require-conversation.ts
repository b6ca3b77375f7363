import type { Tx } from "../../../kernel/database/index.ts";
import { HeedError } from "../../../kernel/errors.ts";
import type { Viewer } from "../../contacts/index.ts";
import { type Conversation, selectConversation } from "./queries.ts";

/** The conversation, or `not_found`: also when its contact is in the bin or not the viewer's to see. */
export async function requireConversation(
  tx: Tx,
  viewer: Viewer,
  conversationId: string,
): Promise<Conversation> {
  const conversation = await selectConversation(tx, viewer, conversationId);
  if (!conversation) throw new HeedError("not_found", "There is no such conversation.");
  return conversation;
}

import type { z } from "zod";
import type { Tx } from "../../../kernel/database/index.ts";
import type { Viewer } from "../../contacts/index.ts";
import { cutPage, readPosition } from "../cursor.ts";
import { type conversationSchema, presentConversation } from "./present.ts";
import { type ConversationSearch, pageOfConversations } from "./queries.ts";

/** A page of the conversations of contacts that the viewer sees. */
export async function findConversations(
  tx: Tx,
  viewer: Viewer,
  request: ConversationSearch & { limit: number; cursor?: string },
): Promise<{ items: z.input<typeof conversationSchema>[]; next_cursor: string | null }> {
  const after = readPosition(request.cursor);
  const rows = await pageOfConversations(tx, viewer, request, { after, limit: request.limit + 1 });
  const { shown, next_cursor } = cutPage(rows, request.limit, (each) => [
    each.last_at.toISOString(),
    each.id,
  ]);
  return { items: shown.map(presentConversation), next_cursor };
}

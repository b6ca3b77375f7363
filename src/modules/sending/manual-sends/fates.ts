import type { Tx } from "../../../kernel/database/index.ts";
import { type RefusalCode, refusalsOf } from "../../consent/index.ts";
import type { MessageState } from "../message.ts";
import { selectFates } from "../messages/queries.ts";

/** What became of messages, for those who show them elsewhere. */
export async function messageFates(
  tx: Tx,
  messageIds: readonly string[],
): Promise<Map<string, { state: MessageState; refusals: RefusalCode[]; because: string | null }>> {
  if (messageIds.length === 0) return new Map();
  const rows = await selectFates(tx, messageIds);
  return new Map(
    rows.map(({ id, state, refusals, because }) => [
      id,
      { state, refusals: refusalsOf(refusals ?? 0), because },
    ]),
  );
}

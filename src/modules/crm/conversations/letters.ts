import type { Tx } from "../../../kernel/database/index.ts";
import { selectLetters } from "./queries.ts";
import { threadHeaders } from "./rules.ts";

/** A message written by hand, as the sender puts it into a mail. */
export interface WrittenLetter {
  subject: string;
  text: string;
  /** In-Reply-To and References, where it answers something. */
  headers: Record<string, string>;
}

/** The content of these messages of the outbox, by message id. */
export async function writtenLetters(
  tx: Tx,
  messageIds: readonly string[],
): Promise<Map<string, WrittenLetter>> {
  const rows = await selectLetters(tx, messageIds);
  return new Map(
    rows.map(({ message_id, subject, text, before }) => [
      message_id,
      { subject, text, headers: threadHeaders(before) },
    ]),
  );
}

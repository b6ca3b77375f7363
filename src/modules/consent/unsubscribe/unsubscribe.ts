import type { Tx } from "../../../kernel/database/index.ts";
import type { Actor } from "../../ledger/index.ts";
import { makeStop, type StopReceipt } from "../make-stop.ts";
import { findTopic, type Topic } from "../topics/queries.ts";
import type { Press } from "./press.ts";
import type { UnsubscribeToken } from "./token.ts";

const recipient: Actor = { type: "recipient", id: null };

/**
 * Unsubscribes the address that the token names: from the topic chosen on our
 * own page, else from the whole channel. Works when nobody has the address any more.
 */
export async function unsubscribe(
  tx: Tx,
  request: { token: UnsubscribeToken; press: Press },
): Promise<{ receipt: StopReceipt; topic: Topic | null }> {
  const { token, press } = request;
  // A topic that is not there (any more) could stop nothing: then everything stops (S9).
  const topic = press.topicId ? ((await findTopic(tx, press.topicId)) ?? null) : null;
  const receipt = await makeStop(tx, {
    kind: "unsubscribe",
    subject: { key: token.key, channel: token.channel },
    channel: token.channel,
    topicId: topic?.id ?? null,
    cause: press.by === "page" ? "link" : "one_click",
    evidence: { message_id: token.messageId },
    actor: recipient,
  });
  return { receipt, topic };
}

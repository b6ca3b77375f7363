import type { Tx } from "../../../kernel/database/index.ts";
import type { Actor } from "../../ledger/index.ts";
import { liftOwn, optIn } from "../consents/opt-in.ts";
import { makeStop, type StopReceipt } from "../make-stop.ts";
import { bumpFences } from "../queries.ts";
import { findTopic } from "../topics/queries.ts";
import type { PreferencesToken } from "../unsubscribe/token.ts";

const recipient: Actor = { type: "recipient", id: null };

/** What a press on the preference page asks for. */
export type PreferencePress =
  | { act: "leave"; topicId: string }
  | { act: "join"; topicId: string; evidence: Record<string, unknown> }
  | { act: "stop_all" }
  | { act: "resume" };

/**
 * Does as the person pressed. Answers the receipt of a stop, null for what stops nothing, and
 * undefined when nothing was done: the topic is not there any more.
 */
export async function changePreferences(
  tx: Tx,
  token: PreferencesToken,
  press: PreferencePress,
): Promise<StopReceipt | null | undefined> {
  const { key, channel } = token;
  if (press.act === "resume") {
    await bumpFences(tx, [key]);
    await liftOwn(tx, { key, channel, topicId: null }, "preference_page");
    return null;
  }
  if (press.act === "join") {
    const topic = await findTopic(tx, press.topicId);
    if (!topic || topic.archived_at != null) return undefined;
    await optIn(tx, {
      address: token,
      topicId: topic.id,
      state: "opted_in",
      byPerson: true,
      source: "preference_page",
      evidence: press.evidence,
      actor: recipient,
    });
    return null;
  }
  const topicId = press.act === "leave" ? press.topicId : null;
  if (topicId !== null && !(await findTopic(tx, topicId))) return undefined;
  return makeStop(tx, {
    kind: "unsubscribe",
    subject: { key, channel },
    channel,
    topicId,
    cause: "preference_page",
    actor: recipient,
  });
}

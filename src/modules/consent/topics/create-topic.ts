import type { Tx } from "../../../kernel/database/index.ts";
import { HeedError } from "../../../kernel/errors.ts";
import { newId } from "../../../kernel/ids.ts";
import { type Actor, record } from "../../ledger/index.ts";
import { findTopicByName, insertTopic, type Topic } from "./queries.ts";

/** Makes a topic that people can unsubscribe from alone. @throws HeedError name_missing, name_taken */
export async function createTopic(
  tx: Tx,
  request: { name: string; description: string; actor: Actor },
): Promise<Topic> {
  const topic = { id: newId(), name: request.name.trim(), description: request.description.trim() };
  if (topic.name === "") throw new HeedError("name_missing", "Give the topic a name.");
  // Unsubscribe pages name it, so two that a reader cannot tell apart are refused too.
  if ((await findTopicByName(tx, topic.name)) || !(await insertTopic(tx, topic))) {
    throw new HeedError(
      "name_taken",
      `There is a topic "${topic.name}" already. Use it, or choose another name.`,
    );
  }
  await record(tx, { act: "topic.created", actor: request.actor, subjectId: topic.id });
  return topic;
}

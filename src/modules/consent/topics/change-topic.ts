import type { Tx } from "../../../kernel/database/index.ts";
import { HeedError } from "../../../kernel/errors.ts";
import { type Actor, record } from "../../ledger/index.ts";
import {
  archiveTopic,
  deleteTopic,
  findTopic,
  findTopicByName,
  isTopicNamed,
  type Topic,
  updateTopic,
} from "./queries.ts";

/** Changes what is named. @throws HeedError not_found, name_missing, name_taken */
export async function changeTopic(
  tx: Tx,
  request: {
    topicId: string;
    name?: string | undefined;
    description?: string | undefined;
    actor: Actor;
  },
): Promise<Topic> {
  const before = await requireTopic(tx, request.topicId);
  const topic = {
    id: before.id,
    name: request.name?.trim() ?? before.name,
    description: request.description?.trim() ?? before.description,
  };
  if (topic.name === "") throw new HeedError("name_missing", "Give the topic a name.");
  const holder = await findTopicByName(tx, topic.name);
  if ((holder && holder.id !== topic.id) || !(await updateTopic(tx, topic))) {
    throw new HeedError(
      "name_taken",
      `There is a topic "${topic.name}" already. Choose another name.`,
    );
  }
  await record(tx, { act: "topic.changed", actor: request.actor, subjectId: topic.id });
  return topic;
}

/**
 * Takes a topic out of use. One that a stop or a campaign names is archived: every stop on it stays,
 * and links in old mails go on stopping it. Any other goes.
 */
export async function removeTopic(
  tx: Tx,
  request: { topicId: string; actor: Actor },
): Promise<"archived" | "deleted"> {
  const { id } = await requireTopic(tx, request.topicId);
  const outcome = (await isTopicNamed(tx, id)) ? "archived" : "deleted";
  if (outcome === "archived") await archiveTopic(tx, id);
  else await deleteTopic(tx, id);
  await record(tx, { act: `topic.${outcome}`, actor: request.actor, subjectId: id });
  return outcome;
}

async function requireTopic(tx: Tx, id: string): Promise<Topic> {
  const topic = await findTopic(tx, id);
  if (!topic || topic.archived_at !== null) {
    throw new HeedError("not_found", "There is no such topic.");
  }
  return topic;
}

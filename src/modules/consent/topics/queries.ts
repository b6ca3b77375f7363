import { sql } from "kysely";
import type { Tx } from "../../../kernel/database/index.ts";

export interface Topic {
  id: string;
  name: string;
  description: string;
  /** Out of use since then; stops on it hold. */
  archived_at?: Date | null;
}

/** Adds a topic; false when its name is taken. */
export async function insertTopic(tx: Tx, topic: Topic): Promise<boolean> {
  const { rows } = await sql`
    INSERT INTO topic (workspace_id, id, name, description)
    VALUES (${tx.workspaceId}, ${topic.id}, ${topic.name}, ${topic.description})
    ON CONFLICT (workspace_id, name) WHERE archived_at IS NULL DO NOTHING RETURNING id`.execute(tx);
  return rows.length > 0;
}

/** Writes name and description; false when the name is taken. The savepoint keeps the transaction usable. */
export async function updateTopic(tx: Tx, topic: Topic): Promise<boolean> {
  await sql`SAVEPOINT topic_name`.execute(tx);
  try {
    await sql`
      UPDATE topic SET name = ${topic.name}, description = ${topic.description} WHERE id = ${topic.id}`.execute(
      tx,
    );
    return true;
  } catch (error) {
    await sql`ROLLBACK TO SAVEPOINT topic_name`.execute(tx);
    if ((error as { code?: string }).code === "23505") return false;
    throw error;
  }
}

/** True when a stop was ever made on the topic, or a campaign goes out under it. Holds the topic. */
export async function isTopicNamed(tx: Tx, id: string): Promise<boolean> {
  await sql`SELECT 1 FROM topic WHERE id = ${id} FOR UPDATE`.execute(tx);
  const { rows } = await sql<{ named: boolean }>`
    SELECT EXISTS (SELECT 1 FROM stop WHERE topic_id = ${id})
        OR EXISTS (SELECT 1 FROM consent_event WHERE topic_id = ${id})
        OR EXISTS (SELECT 1 FROM form WHERE topic_id = ${id})
        OR EXISTS (SELECT 1 FROM campaign WHERE topic_id = ${id})
        OR EXISTS (SELECT 1 FROM message WHERE topic_id = ${id}) AS named`.execute(tx);
  return rows[0]?.named ?? true;
}

export async function archiveTopic(tx: Tx, id: string): Promise<void> {
  await sql`UPDATE topic SET archived_at = now() WHERE id = ${id}`.execute(tx);
}

export async function deleteTopic(tx: Tx, id: string): Promise<void> {
  await sql`DELETE FROM topic WHERE id = ${id}`.execute(tx);
}

/** Topics in use, by name. */
export async function listTopics(tx: Tx): Promise<Topic[]> {
  const { rows } = await sql<Topic>`
    SELECT id, name, description FROM topic WHERE archived_at IS NULL ORDER BY name`.execute(tx);
  return rows;
}

/** A topic, archived or not: a stop on it is a stop. */
export async function findTopic(tx: Tx, id: string): Promise<Topic | undefined> {
  const { rows } = await sql<Topic>`
    SELECT id, name, description, archived_at FROM topic WHERE id = ${id}`.execute(tx);
  return rows[0];
}

/** The topic in use of this name, whatever its case. */
export async function findTopicByName(tx: Tx, name: string): Promise<Topic | undefined> {
  const { rows } = await sql<Topic>`
    SELECT id, name, description FROM topic
    WHERE lower(name) = lower(${name}) AND archived_at IS NULL`.execute(tx);
  return rows[0];
}

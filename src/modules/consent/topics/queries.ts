import { sql } from "kysely";
import type { Tx } from "../../../kernel/database/index.ts";

export interface Topic {
  id: string;
  name: string;
  description: string;
}

/** Adds a topic; false when its name is taken. */
export async function insertTopic(tx: Tx, topic: Topic): Promise<boolean> {
  const { rows } = await sql`
    INSERT INTO topic (workspace_id, id, name, description)
    VALUES (${tx.workspaceId}, ${topic.id}, ${topic.name}, ${topic.description})
    ON CONFLICT (workspace_id, name) DO NOTHING RETURNING id`.execute(tx);
  return rows.length > 0;
}

export async function listTopics(tx: Tx): Promise<Topic[]> {
  const { rows } = await sql<Topic>`SELECT id, name, description FROM topic ORDER BY name`.execute(
    tx,
  );
  return rows;
}

export async function findTopic(tx: Tx, id: string): Promise<Topic | undefined> {
  const { rows } =
    await sql<Topic>`SELECT id, name, description FROM topic WHERE id = ${id}`.execute(tx);
  return rows[0];
}

/** The topic of this name, whatever its case. */
export async function findTopicByName(tx: Tx, name: string): Promise<Topic | undefined> {
  const { rows } = await sql<Topic>`
    SELECT id, name, description FROM topic WHERE lower(name) = lower(${name})`.execute(tx);
  return rows[0];
}

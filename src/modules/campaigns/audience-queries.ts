import { type RawBuilder, sql } from "kysely";
import type { Tx } from "../../kernel/database/index.ts";
import { type RefusalCode, refusalBits, refusalCodes } from "../consent/index.ts";

export interface AudienceCount {
  total: number;
  eligible: number;
  /** Each contact counted once, under its first reason. */
  refused: { code: RefusalCode; count: number }[];
  /** Each reason counted, so that one contact may count several times. */
  by_reason: { code: RefusalCode; count: number }[];
}

/** Members of the lists, each once. A single list needs no DISTINCT, which would sort a million rows. */
function members(listIds: readonly string[], ownerId: string | null): RawBuilder<unknown> {
  const owned = ownerId
    ? sql`AND contact_id IN (SELECT id FROM live_contact WHERE owner_id = ${ownerId})`
    : sql``;
  return listIds.length === 1
    ? sql`SELECT workspace_id, contact_id FROM list_member WHERE list_id = ${listIds[0]} ${owned}`
    : sql`SELECT DISTINCT workspace_id, contact_id FROM list_member WHERE list_id = ANY(${[...listIds]}::uuid[]) ${owned}`;
}

/**
 * How many of the lists' members may be written to and how many not, by reason:
 * one pass over sending_status, the decision that claims ask as well. Counted by
 * the whole mask; there are few of them, which the planner does not know and would sort for.
 */
export async function countAudience(
  tx: Tx,
  campaign: {
    id: string;
    channel: string;
    topicId: string | null;
    listIds: readonly string[];
    ownerId: string | null;
  },
): Promise<AudienceCount> {
  await sql`SELECT set_config('work_mem', '128MB', true), set_config('enable_sort', 'off', true)`.execute(
    tx,
  );
  const { rows } = await sql<{ refusals: number; count: number }>`
    SELECT refusals, count(*) AS count
    FROM (
      SELECT s.refusals
      FROM (${members(campaign.listIds, campaign.ownerId)}) AS m
      JOIN sending_status(${campaign.channel}::text, ${campaign.topicId}::uuid, ${campaign.id}::uuid) s
        ON s.workspace_id = m.workspace_id AND s.contact_id = m.contact_id
      OFFSET 0) AS decided
    -- Members in the bin are on no list until they come back.
    WHERE refusals & ${sql.lit(refusalBits.in_bin)} = 0
    GROUP BY refusals`.execute(tx);
  await sql`SELECT set_config('enable_sort', 'on', true)`.execute(tx);
  const sum = (counts: (refusals: number) => boolean) =>
    rows.reduce((total, row) => (counts(row.refusals) ? total + row.count : total), 0);
  const each = (counts: (refusals: number, bit: number) => boolean) =>
    refusalCodes
      .map((code) => ({ code, count: sum((refusals) => counts(refusals, refusalBits[code])) }))
      .filter(({ count }) => count > 0);
  return {
    total: sum(() => true),
    eligible: sum((refusals) => refusals === 0),
    // The lowest bit is the first reason.
    refused: each((refusals, bit) => (refusals & -refusals) === bit),
    by_reason: each((refusals, bit) => (refusals & bit) !== 0),
  };
}

/**
 * The next members by contact id, each once. Takes a slice of each list by its
 * index, so that every batch of a million costs the same.
 */
export async function nextMembers(
  tx: Tx,
  listIds: readonly string[],
  after: string | null,
  limit: number,
): Promise<string[]> {
  const { rows } = await sql<{ contact_id: string }>`
    SELECT contact_id FROM unnest(${[...listIds]}::uuid[]) AS l(id)
    CROSS JOIN LATERAL (
      SELECT m.contact_id FROM list_member m
      WHERE m.workspace_id = ${tx.workspaceId} AND m.list_id = l.id AND ${after ? sql`m.contact_id > ${after}` : sql`true`}
      ORDER BY m.contact_id LIMIT ${limit}) AS slice
    GROUP BY contact_id ORDER BY contact_id LIMIT ${limit}`.execute(tx);
  return rows.map((row) => row.contact_id);
}

/** How many members the lists have together, for a job's progress. */
export async function countMembers(tx: Tx, listIds: readonly string[]): Promise<number> {
  const { rows } = await sql<{
    count: number;
  }>`SELECT count(*) AS count FROM (${members(listIds, null)}) AS m`.execute(tx);
  return rows[0]?.count ?? 0;
}

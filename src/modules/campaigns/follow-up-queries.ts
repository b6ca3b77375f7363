import { sql } from "kysely";
import type { Tx } from "../../kernel/database/index.ts";
import { refusalBits, refusalCodes } from "../consent/index.ts";
import type { FollowUpState } from "./rules.ts";

export interface FollowUp {
  id: string;
  campaign_id: string;
  campaign_name: string;
  contact_id: string;
  state: FollowUpState;
  round: number;
  next_step: number;
  steps: number;
  due_at: Date | null;
  because: string | null;
  created_at: Date;
  updated_at: Date;
}

const wholeFollowUp = sql`
  SELECT f.id, f.campaign_id, c.name AS campaign_name, f.contact_id, f.state, f.round, f.next_step, f.due_at, f.because,
         f.created_at, f.updated_at, (SELECT count(*) FROM campaign_step s WHERE s.campaign_id = f.campaign_id) AS steps
  FROM follow_up f JOIN campaign c ON c.workspace_id = f.workspace_id AND c.id = f.campaign_id`;

export async function selectFollowUp(tx: Tx, id: string): Promise<FollowUp | undefined> {
  const { rows } = await sql<FollowUp>`${wholeFollowUp} WHERE f.id = ${id}`.execute(tx);
  return rows[0];
}

/** The same, locked until the transaction ends. */
export async function lockFollowUp(tx: Tx, id: string): Promise<FollowUp | undefined> {
  const { rows } = await sql<FollowUp>`${wholeFollowUp} WHERE f.id = ${id} FOR UPDATE OF f`.execute(
    tx,
  );
  return rows[0];
}

/** A contact's follow-ups, newest first. */
export async function listFollowUps(
  tx: Tx,
  contactId: string,
  page: { before: string | null; limit: number },
): Promise<FollowUp[]> {
  const { rows } = await sql<FollowUp>`
    ${wholeFollowUp} WHERE f.contact_id = ${contactId} AND ${page.before ? sql`f.id < ${page.before}` : sql`true`}
    ORDER BY f.id DESC LIMIT ${page.limit}`.execute(tx);
  return rows;
}

/** The codes of a mask, first reason first, as `because` keeps them. */
const codesOf = (mask: ReturnType<typeof sql.ref>) =>
  sql`array_to_string(ARRAY[${sql.join(
    refusalCodes.map(
      (code) =>
        sql`CASE WHEN ${mask} & ${sql.lit(refusalBits[code])} <> 0 THEN ${sql.lit(code)} END`,
    ),
  )}], ',')`;

/**
 * Enrols contacts: those who may be written to become active, due at `dueAt`;
 * the others are there as stopped with the reasons, so that prospects show why.
 * A contact in the bin is left out. Repeating it enrols nobody twice.
 */
export async function insertFollowUps(
  tx: Tx,
  campaign: { id: string; channel: string; topicId: string | null },
  contactIds: readonly string[],
  dueAt: Date,
): Promise<{ state: FollowUpState; because: string | null; count: number }[]> {
  const { rows } = await sql<{ state: FollowUpState; because: string | null; count: number }>`
    WITH added AS (
      INSERT INTO follow_up (workspace_id, id, campaign_id, contact_id, state, due_at, because)
      SELECT s.workspace_id, new_id(), ${campaign.id}, s.contact_id,
             CASE WHEN s.refusals = 0 THEN 'active' ELSE 'stopped' END,
             CASE WHEN s.refusals = 0 THEN ${dueAt}::timestamptz END,
             CASE WHEN s.refusals <> 0 THEN ${codesOf(sql.ref("s.refusals"))} END
      -- OFFSET 0 keeps the decision from being made anew at each mention of it.
      FROM (
        SELECT d.workspace_id, d.contact_id, d.refusals
        FROM unnest(${[...contactIds]}::uuid[]) AS m(id)
        JOIN LATERAL sending_status(${campaign.channel}::text, ${campaign.topicId}::uuid, ${campaign.id}::uuid) d
          ON d.workspace_id = ${tx.workspaceId} AND d.contact_id = m.id
        OFFSET 0) AS s
      WHERE s.refusals & ${sql.lit(refusalBits.in_bin)} = 0
      ON CONFLICT (workspace_id, campaign_id, contact_id) DO NOTHING
      RETURNING state, because)
    SELECT state, split_part(because, ',', 1) AS because, count(*) AS count FROM added GROUP BY 1, 2`.execute(
    tx,
  );
  return rows;
}

/** After many were enrolled: the planner learns of them before the first are due. */
export async function settleFollowUps(tx: Tx): Promise<void> {
  await sql`SELECT settle_follow_ups()`.execute(tx);
}

/** Takes back an enrolment that was cancelled before anything was sent. Returns how many it removed. */
export async function deleteFollowUps(tx: Tx, campaignId: string, limit: number): Promise<number> {
  const { rows } = await sql`
    DELETE FROM follow_up WHERE workspace_id = ${tx.workspaceId} AND id IN (
      SELECT id FROM follow_up WHERE campaign_id = ${campaignId} LIMIT ${limit}) RETURNING 1`.execute(
    tx,
  );
  return rows.length;
}

/** A due step with the decision on its contact at this moment. */
export interface DueStep {
  follow_up_id: string;
  contact_id: string;
  round: number;
  step: number;
  address: string | null;
  key: string | null;
  refusals: number;
}

/** Locks the next due follow-ups that no other worker holds. */
export async function lockDue(tx: Tx, campaignId: string, limit: number): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    SELECT id FROM follow_up
    WHERE campaign_id = ${campaignId} AND state = 'active' AND due_at <= now()
    ORDER BY due_at LIMIT ${limit} FOR UPDATE SKIP LOCKED`.execute(tx);
  return rows.map((row) => row.id);
}

/** Asks the decision for each; in a statement of its own, so that it sees every stop committed before the locks. */
export async function decideDue(
  tx: Tx,
  campaign: { id: string; channel: string; topicId: string | null },
  followUpIds: readonly string[],
  /** Only those whose next step is one of these; null is all. */
  positions: readonly number[] | null,
): Promise<DueStep[]> {
  const { rows } = await sql<DueStep>`
    SELECT f.id AS follow_up_id, f.contact_id, f.round, f.next_step AS step, s.address, s.key, s.refusals
    FROM follow_up f
    JOIN LATERAL sending_status(${campaign.channel}::text, ${campaign.topicId}::uuid, ${campaign.id}::uuid) s
      ON s.workspace_id = f.workspace_id AND s.contact_id = f.contact_id
    WHERE f.workspace_id = ${tx.workspaceId} AND f.id = ANY(${[...followUpIds]}::uuid[])
      AND ${positions ? sql`f.next_step = ANY(${[...positions]}::int[])` : sql`true`}`.execute(tx);
  return rows;
}

/** Their message is queued now: nothing of them is due until it is known what became of it. */
export async function markQueued(tx: Tx, followUpIds: readonly string[]): Promise<void> {
  await sql`
    UPDATE follow_up SET due_at = NULL, updated_at = now()
    WHERE workspace_id = ${tx.workspaceId} AND id = ANY(${[...followUpIds]}::uuid[])`.execute(tx);
}

/** Ends follow-ups that may not go on, each with its refusals as the reason. */
export async function markStopped(
  tx: Tx,
  stopped: readonly { followUpId: string; because: string }[],
): Promise<void> {
  await sql`
    UPDATE follow_up f SET state = 'stopped', due_at = NULL, because = s.because, updated_at = now()
    FROM unnest(${stopped.map((s) => s.followUpId)}::uuid[], ${stopped.map((s) => s.because)}::text[]) AS s(id, because)
    WHERE f.workspace_id = ${tx.workspaceId} AND f.id = s.id AND f.state IN ('active', 'paused')`.execute(
    tx,
  );
}

/** What a person did to one follow-up. */
export async function updateFollowUp(
  tx: Tx,
  id: string,
  to: {
    state: FollowUpState;
    because: string | null;
    dueAt: Date | null;
    round: number;
    nextStep: number;
  },
): Promise<void> {
  await sql`
    UPDATE follow_up SET state = ${to.state}, because = ${to.because}, due_at = ${to.dueAt}, round = ${to.round},
      next_step = ${to.nextStep}, updated_at = now()
    WHERE id = ${id}`.execute(tx);
}

/** True while a message of the follow-up is queued or with a worker: what becomes of it is not known yet. */
export async function hasOpenMessage(
  tx: Tx,
  followUp: { id: string; contactId: string },
): Promise<boolean> {
  const { rows } = await sql<{ claimed: boolean }>`
    SELECT EXISTS (SELECT 1 FROM campaign_message
      WHERE contact_id = ${followUp.contactId} AND follow_up_id = ${followUp.id} AND open) AS claimed`.execute(
    tx,
  );
  return rows[0]?.claimed ?? false;
}

/** Steps whose queued message was taken back are due again, where their follow-up goes on. */
export async function giveBack(tx: Tx, followUpIds: readonly string[]): Promise<void> {
  await sql`
    UPDATE follow_up SET due_at = CASE WHEN state = 'active' THEN now() END, updated_at = now()
    WHERE workspace_id = ${tx.workspaceId} AND id = ANY(${[...followUpIds]}::uuid[])`.execute(tx);
}

/** Which campaign each follow-up belongs to. */
export async function listCampaignIds(
  tx: Tx,
  followUpIds: readonly string[],
): Promise<Map<string, string>> {
  const { rows } = await sql<{ id: string; campaign_id: string }>`
    SELECT id, campaign_id FROM follow_up
    WHERE workspace_id = ${tx.workspaceId} AND id = ANY(${[...followUpIds]}::uuid[])`.execute(tx);
  return new Map(rows.map((row) => [row.id, row.campaign_id]));
}

/** A contact's active follow-ups, locked in order. */
export async function listActive(tx: Tx, contactId: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    SELECT id FROM follow_up WHERE contact_id = ${contactId} AND state = 'active' ORDER BY id FOR UPDATE`.execute(
    tx,
  );
  return rows.map((row) => row.id);
}

/** Pauses them, saying why. */
export async function holdActive(tx: Tx, ids: readonly string[], because: string): Promise<number> {
  const { rows } = await sql`
    UPDATE follow_up SET state = 'paused', because = ${because}, due_at = NULL, updated_at = now()
    WHERE workspace_id = ${tx.workspaceId} AND id = ANY(${[...ids]}::uuid[]) AND state = 'active' RETURNING 1`.execute(
    tx,
  );
  return rows.length;
}

/** Moves what would fall due before a day to its beginning. A message under way decides by itself when the next step is due. */
export async function postponeActive(
  tx: Tx,
  ids: readonly string[],
  until: string,
): Promise<number> {
  const { rows } = await sql`
    UPDATE follow_up f SET due_at = ${until}::date::timestamp AT TIME ZONE c.time_zone, because = 'postponed', updated_at = now()
    FROM campaign c
    WHERE f.workspace_id = ${tx.workspaceId} AND f.id = ANY(${[...ids]}::uuid[]) AND f.state = 'active'
      AND c.workspace_id = f.workspace_id AND c.id = f.campaign_id
      AND f.due_at < ${until}::date::timestamp AT TIME ZONE c.time_zone
    RETURNING 1`.execute(tx);
  return rows.length;
}

/** Makes active again, due now, what was paused for this reason. */
export async function continueHeld(tx: Tx, contactId: string, because: string): Promise<number> {
  const { rows } = await sql`
    UPDATE follow_up SET state = 'active', because = NULL, due_at = now(), updated_at = now()
    WHERE contact_id = ${contactId} AND state = 'paused' AND because = ${because} RETURNING 1`.execute(
    tx,
  );
  return rows.length;
}

import { sql } from "kysely";
import type { Tx } from "../../kernel/database/index.ts";
import type { MessageRef } from "../sending/index.ts";
import type { FollowUpState } from "./rules.ts";

export const resultNames = [
  "queued",
  "sent",
  "delivered",
  "bounced",
  "complained",
  "failed",
  "unknown",
  "cancelled",
  "replied",
  "unsubscribed",
] as const;

export type ResultName = (typeof resultNames)[number];

/** A message of a sequence, as far as figures and follow-ups are concerned. */
export type SequenceMessage = Pick<MessageRef, "campaign_id" | "follow_up_id" | "round" | "step">;

/** Facts counted for one step of a campaign; negative takes back what never was. */
export interface ResultCount {
  campaign_id: string;
  step: number;
  name: ResultName;
  count: number;
}

/** Adds to a campaign's figures, in the transaction of the fact. In one order, so that two adders never deadlock. */
export async function addResults(tx: Tx, counts: readonly ResultCount[]): Promise<void> {
  if (counts.length === 0) return;
  const names = sql.join(resultNames.map((name) => sql.ref(name)));
  const sums = sql.join(
    resultNames.map(
      (name) => sql`coalesce(sum(r.count) FILTER (WHERE r.name = ${sql.lit(name)}), 0)`,
    ),
  );
  const added = sql.join(
    resultNames.map(
      (name) => sql`${sql.ref(name)} = t.${sql.ref(name)} + excluded.${sql.ref(name)}`,
    ),
  );
  await sql`
    INSERT INTO campaign_result AS t (workspace_id, campaign_id, step, ${names})
    SELECT ${tx.workspaceId}, r.campaign_id, r.step, ${sums}
    FROM unnest(${counts.map((c) => c.campaign_id)}::uuid[], ${counts.map((c) => c.step)}::int[],
                ${counts.map((c) => c.name)}::text[], ${counts.map((c) => c.count)}::bigint[]) AS r(campaign_id, step, name, count)
    JOIN campaign c ON c.id = r.campaign_id
    GROUP BY r.campaign_id, r.step ORDER BY r.campaign_id, r.step
    ON CONFLICT (workspace_id, campaign_id, step) DO UPDATE SET ${added}`.execute(tx);
}

/** One fact per message: its campaign's figure of that name. Test sends belong to no follow-up and are not counted. */
export async function countMessages(
  tx: Tx,
  messages: readonly SequenceMessage[],
  name: ResultName,
): Promise<void> {
  const counts = new Map<string, ResultCount>();
  for (const { campaign_id, follow_up_id, step } of messages) {
    if (!campaign_id || !follow_up_id) continue;
    const known = counts.get(`${campaign_id}:${step}`);
    if (known) known.count += 1;
    else counts.set(`${campaign_id}:${step}`, { campaign_id, step, name, count: 1 });
  }
  await addResults(tx, [...counts.values()]);
}

/** Counts accepted messages under the current hour. */
export async function addToHour(tx: Tx, accepted: ReadonlyMap<string, number>): Promise<void> {
  await sql`
    INSERT INTO campaign_hour AS t (workspace_id, campaign_id, hour, sent)
    SELECT ${tx.workspaceId}, a.campaign_id, date_trunc('hour', now(), 'UTC'), a.count
    FROM unnest(${[...accepted.keys()]}::uuid[], ${[...accepted.values()]}::bigint[]) AS a(campaign_id, count)
    JOIN campaign c ON c.id = a.campaign_id
    ORDER BY a.campaign_id
    ON CONFLICT (workspace_id, campaign_id, hour) DO UPDATE SET sent = t.sent + excluded.sent`.execute(
    tx,
  );
}

/** A step that follows an accepted message: when, or null when the sequence ends there. */
export interface NextStep {
  follow_up_id: string;
  round: number;
  step: number;
  due_at: Date | null;
}

/**
 * Takes the rows in one order, so that two batches never wait for each other in a
 * circle. The update's condition counts them, which is done before its first row.
 */
const lockedInOrder = (tx: Tx, followUpIds: readonly string[]) => sql`
  WITH locked AS MATERIALIZED (
    SELECT id FROM follow_up WHERE workspace_id = ${tx.workspaceId} AND id = ANY(${[...followUpIds]}::uuid[])
    ORDER BY id FOR UPDATE)`;
const afterLocking = sql`(SELECT count(*) FROM locked) > 0`;

/**
 * Moves follow-ups past a step that was sent. One that was paused, stopped or
 * removed while its message was under way keeps its state.
 */
export async function moveOn(tx: Tx, next: readonly NextStep[]): Promise<void> {
  const ids = next.map((n) => n.follow_up_id);
  await sql`
    ${lockedInOrder(tx, ids)}
    UPDATE follow_up f SET
      next_step = f.next_step + 1,
      state = CASE WHEN s.due_at IS NULL AND f.state IN ('active', 'paused') THEN 'finished' ELSE f.state END,
      because = CASE WHEN s.due_at IS NULL AND f.state IN ('active', 'paused') THEN NULL ELSE f.because END,
      due_at = CASE WHEN f.state = 'active' THEN s.due_at END,
      updated_at = now()
    FROM unnest(${ids}::uuid[], ${next.map((n) => n.round)}::int[],
                ${next.map((n) => n.step)}::int[], ${next.map((n) => n.due_at)}::timestamptz[]) AS s(id, round, step, due_at)
    WHERE f.workspace_id = ${tx.workspaceId} AND f.id = s.id AND f.round = s.round AND f.next_step = s.step AND ${afterLocking}`.execute(
    tx,
  );
}

/** The delay before the step after each named one, with the campaign's zone; null delay when none follows. */
export async function delaysAfter(
  tx: Tx,
  steps: readonly { campaign_id: string; step: number }[],
): Promise<{ campaign_id: string; step: number; delay: string | null; time_zone: string }[]> {
  const { rows } = await sql<{
    campaign_id: string;
    step: number;
    delay: string | null;
    time_zone: string;
  }>`
    SELECT n.campaign_id, n.step, s.delay, c.time_zone
    FROM unnest(${steps.map((s) => s.campaign_id)}::uuid[], ${steps.map((s) => s.step)}::int[]) AS n(campaign_id, step)
    JOIN campaign c ON c.id = n.campaign_id
    LEFT JOIN campaign_step s ON s.workspace_id = c.workspace_id AND s.campaign_id = c.id AND s.position = n.step + 1`.execute(
    tx,
  );
  return rows;
}

/** Ends or pauses the follow-ups of messages that did not go. */
export async function endFollowUps(
  tx: Tx,
  messages: readonly SequenceMessage[],
  to: { state: "stopped" | "paused"; because: readonly string[]; skipStep: boolean },
): Promise<void> {
  const ids = messages.flatMap((m) => m.follow_up_id ?? []);
  await sql`
    ${lockedInOrder(tx, ids)}
    UPDATE follow_up f SET
      state = CASE WHEN f.state IN ('active', 'paused') THEN ${to.state} ELSE f.state END,
      because = CASE WHEN f.state IN ('active', 'paused') THEN e.because ELSE f.because END,
      next_step = f.next_step + ${to.skipStep ? 1 : 0}, due_at = NULL,
      -- A cancelled step may be queued again by a person who continues: in a new round.
      round = f.round + ${to.skipStep ? 0 : 1},
      updated_at = now()
    FROM unnest(${messages.map((m) => m.follow_up_id)}::uuid[], ${messages.map((m) => m.round)}::int[],
                ${messages.map((m) => m.step)}::int[], ${[...to.because]}::text[]) AS e(id, round, step, because)
    WHERE f.workspace_id = ${tx.workspaceId} AND f.id = e.id AND f.round = e.round AND f.next_step = e.step AND ${afterLocking}`.execute(
    tx,
  );
}

/** A person answered: their open follow-ups that stop on reply end, and the one they answered. Returns which. */
export async function markReplied(
  tx: Tx,
  reply: { contactId: string; followUpId: string | null },
): Promise<{ id: string; campaign_id: string; next_step: number }[]> {
  const { rows } = await sql<{ id: string; campaign_id: string; next_step: number }>`
    UPDATE follow_up f SET state = 'replied', due_at = NULL, because = NULL, updated_at = now()
    FROM campaign c
    WHERE f.contact_id = ${reply.contactId} AND c.workspace_id = f.workspace_id AND c.id = f.campaign_id AND c.stop_on_reply
      AND (f.state IN ('active', 'paused') OR (f.state = 'finished' AND f.id = ${reply.followUpId}::uuid))
    RETURNING f.id, f.campaign_id, f.next_step`.execute(tx);
  return rows;
}

/** Open follow-ups of these contacts that the decision no longer lets go on, with the mask. */
export async function refusedFollowUps(
  tx: Tx,
  contactIds: readonly string[],
): Promise<{ id: string; refusals: number }[]> {
  const { rows } = await sql<{ id: string; refusals: number }>`
    SELECT f.id, s.refusals
    FROM follow_up f
    JOIN campaign c ON c.workspace_id = f.workspace_id AND c.id = f.campaign_id
    LEFT JOIN campaign_step n ON n.workspace_id = f.workspace_id AND n.campaign_id = f.campaign_id AND n.position = f.next_step
    JOIN LATERAL sending_status(coalesce(n.channel, c.channel), c.topic_id, c.id) s ON s.workspace_id = f.workspace_id AND s.contact_id = f.contact_id
    WHERE f.contact_id = ANY(${[...contactIds]}::uuid[]) AND f.state IN ('active', 'paused') AND s.refusals <> 0
    ORDER BY f.id`.execute(tx);
  return rows;
}

export type StepResult = { step: number } & Record<ResultName, number>;

export async function selectResults(tx: Tx, campaignId: string): Promise<StepResult[]> {
  const { rows } = await sql<StepResult>`
    SELECT step, ${sql.join(resultNames.map((name) => sql.ref(name)))}
    FROM campaign_result WHERE campaign_id = ${campaignId} ORDER BY step`.execute(tx);
  return rows;
}

/** Each campaign's figures, all steps together. */
export async function sumResults(
  tx: Tx,
  campaignIds: readonly string[],
): Promise<({ campaign_id: string } & Record<ResultName, number>)[]> {
  const { rows } = await sql<{ campaign_id: string } & Record<ResultName, number>>`
    SELECT campaign_id, ${sql.join(resultNames.map((name) => sql`sum(${sql.ref(name)})::bigint AS ${sql.ref(name)}`))}
    FROM campaign_result WHERE campaign_id = ANY(${[...campaignIds]}::uuid[]) GROUP BY campaign_id`.execute(
    tx,
  );
  return rows;
}

export async function countStates(
  tx: Tx,
  campaignId: string,
): Promise<{ state: FollowUpState; count: number }[]> {
  const { rows } = await sql<{ state: FollowUpState; count: number }>`
    SELECT state, count(*) AS count FROM follow_up WHERE campaign_id = ${campaignId} GROUP BY state`.execute(
    tx,
  );
  return rows;
}

/** The latest hours in which something was sent, oldest first. */
export async function selectHours(
  tx: Tx,
  campaignId: string,
  limit: number,
): Promise<{ hour: Date; sent: number }[]> {
  const { rows } = await sql<{ hour: Date; sent: number }>`
    SELECT hour, sent FROM campaign_hour WHERE campaign_id = ${campaignId} ORDER BY hour DESC LIMIT ${limit}`.execute(
    tx,
  );
  return rows.reverse();
}

/** Contacts with one of these addresses, primary or further. */
export async function contactsWithKeys(tx: Tx, keys: readonly string[]): Promise<string[]> {
  const these = sql`${[...keys]}::uuid[]`;
  const { rows } = await sql<{ id: string }>`
    SELECT id FROM live_contact WHERE email_key = ANY(${these})
    UNION SELECT id FROM live_contact WHERE phone_key = ANY(${these})
    UNION SELECT contact_id FROM contact_address WHERE key = ANY(${these})`.execute(tx);
  return rows.map((row) => row.id);
}

import { sql } from "kysely";
import type { SystemTx, Tx } from "../../kernel/database/index.ts";
import type { SendingWindow } from "./rules.ts";

/** Why Heed itself paused a campaign: its sending account's breaker tripped. */
export type PausedBecause = "breaker";

export type CampaignState = "draft" | "starting" | "running" | "paused" | "finished";

/** The channels that campaigns send on. */
export type StepChannel = "email" | "sms" | "whatsapp";

export interface Step {
  template_id: string;
  delay: string;
  channel: StepChannel;
  /** What it sends by; null until the campaign starts. */
  account_id: string | null;
}

/** A campaign as written; its steps and lists beside it. */
export interface Campaign {
  id: string;
  name: string;
  state: CampaignState;
  /** Null where a person paused it, or nobody. */
  paused_because: PausedBecause | null;
  /** Of its first step: who has no address there is not enrolled. */
  channel: StepChannel;
  topic_id: string | null;
  sending_account_id: string | null;
  stop_on_reply: boolean;
  sending_window: SendingWindow | null;
  time_zone: string;
  created_at: Date;
  started_at: Date | null;
  finished_at: Date | null;
  list_ids: string[];
  excluded_list_ids: string[];
  steps: Step[];
}

const wholeCampaign = sql`
  SELECT c.id, c.name, c.state, c.paused_because, c.channel, c.topic_id, c.sending_account_id, c.stop_on_reply, c.sending_window, c.time_zone,
         c.created_at, c.started_at, c.finished_at,
         ARRAY(SELECT list_id::text FROM campaign_list l WHERE l.campaign_id = c.id AND NOT l.excluded ORDER BY list_id) AS list_ids,
         ARRAY(SELECT list_id::text FROM campaign_list l WHERE l.campaign_id = c.id AND l.excluded ORDER BY list_id) AS excluded_list_ids,
         coalesce((SELECT jsonb_agg(jsonb_build_object('template_id', s.template_id, 'delay', s.delay, 'channel', s.channel, 'account_id', s.account_id) ORDER BY s.position)
                   FROM campaign_step s WHERE s.campaign_id = c.id), '[]') AS steps
  FROM campaign c`;

export async function selectCampaign(tx: Tx, id: string): Promise<Campaign | undefined> {
  const { rows } = await sql<Campaign>`${wholeCampaign} WHERE c.id = ${id}`.execute(tx);
  return rows[0];
}

/** Of a state, and with `q` anywhere in the name; both only where given. */
function narrowed({ state, q }: { state: string | null; q: string | null }) {
  return sql`${state ? sql`c.state = ${state}` : sql`true`}
    AND ${q ? sql`position(lower(${q}) in lower(c.name)) > 0` : sql`true`}`;
}

/** Campaigns, newest first. */
export async function listCampaigns(
  tx: Tx,
  page: { state: string | null; q: string | null; before: string | null; limit: number },
): Promise<Campaign[]> {
  const { rows } = await sql<Campaign>`
    ${wholeCampaign}
    WHERE ${narrowed(page)} AND ${page.before ? sql`c.id < ${page.before}` : sql`true`}
    ORDER BY c.id DESC LIMIT ${page.limit}`.execute(tx);
  return rows;
}

export async function countCampaigns(
  tx: Tx,
  which: { state: string | null; q: string | null },
): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    SELECT count(*) AS count FROM campaign c WHERE ${narrowed(which)}`.execute(tx);
  return rows[0]?.count ?? 0;
}

/**
 * Locks the campaign for the rest of the transaction and returns its state.
 * `share` lets others read and advance it as well, and keeps its state from changing.
 */
export async function lockCampaign(
  tx: Tx,
  id: string,
  how: "update" | "share" = "update",
): Promise<CampaignState | undefined> {
  const { rows } = await sql<{ state: CampaignState }>`
    SELECT state FROM campaign WHERE id = ${id} ${how === "update" ? sql`FOR NO KEY UPDATE` : sql`FOR SHARE`}`.execute(
    tx,
  );
  return rows[0]?.state;
}

type Settings = Pick<
  Campaign,
  | "id"
  | "name"
  | "channel"
  | "topic_id"
  | "sending_account_id"
  | "stop_on_reply"
  | "sending_window"
  | "time_zone"
>;

const windowOf = (c: Settings) => (c.sending_window ? JSON.stringify(c.sending_window) : null);

/** False when the name is taken. */
export async function insertCampaign(
  tx: Tx,
  c: Settings & { owner_id: string | null },
): Promise<boolean> {
  const { rows } = await sql`
    INSERT INTO campaign (workspace_id, id, name, channel, topic_id, sending_account_id, stop_on_reply, sending_window, time_zone, owner_id)
    VALUES (${tx.workspaceId}, ${c.id}, ${c.name}, ${c.channel}, ${c.topic_id}, ${c.sending_account_id}, ${c.stop_on_reply},
            ${windowOf(c)}::jsonb, ${c.time_zone}, ${c.owner_id})
    ON CONFLICT (workspace_id, name) DO NOTHING RETURNING id`.execute(tx);
  return rows.length > 0;
}

/** False when another campaign has the name. */
export async function updateCampaign(tx: Tx, c: Settings): Promise<boolean> {
  const { rows } = await sql`
    UPDATE campaign SET name = ${c.name}, channel = ${c.channel}, topic_id = ${c.topic_id}, sending_account_id = ${c.sending_account_id},
      stop_on_reply = ${c.stop_on_reply}, sending_window = ${windowOf(c)}::jsonb, time_zone = ${c.time_zone}
    WHERE id = ${c.id} AND NOT EXISTS (SELECT 1 FROM campaign o WHERE o.name = ${c.name} AND o.id <> ${c.id})
    RETURNING id`.execute(tx);
  return rows.length > 0;
}

export async function replaceLists(
  tx: Tx,
  campaignId: string,
  listIds: readonly string[],
  excluded: readonly string[],
): Promise<void> {
  await sql`DELETE FROM campaign_list WHERE campaign_id = ${campaignId}`.execute(tx);
  await sql`
    INSERT INTO campaign_list (workspace_id, campaign_id, list_id, excluded)
    SELECT ${tx.workspaceId}, ${campaignId}, l.id, l.excluded FROM (
      SELECT unnest(${[...listIds]}::uuid[]) AS id, false AS excluded
      UNION ALL SELECT unnest(${[...excluded]}::uuid[]), true) AS l`.execute(tx);
}

export async function replaceSteps(
  tx: Tx,
  campaignId: string,
  steps: readonly Step[],
): Promise<void> {
  await sql`DELETE FROM campaign_step WHERE campaign_id = ${campaignId}`.execute(tx);
  await sql`
    INSERT INTO campaign_step (workspace_id, campaign_id, position, template_id, delay, channel)
    SELECT ${tx.workspaceId}, ${campaignId}, s.at - 1, s.template_id, s.delay, s.channel
    FROM unnest(${steps.map((s) => s.template_id)}::uuid[], ${steps.map((s) => s.delay)}::text[],
                ${steps.map((s) => s.channel)}::text[]) WITH ORDINALITY AS s(template_id, delay, channel, at)`.execute(
    tx,
  );
}

export interface Missing {
  lists: string[];
  templates: string[];
  topic: boolean;
  account: boolean;
}

/** Which of the things that a campaign names are not there (an archived account is not). */
export async function selectMissing(
  tx: Tx,
  named: {
    listIds: readonly string[];
    templateIds: readonly string[];
    topicId: string | null;
    accountId: string | null;
  },
): Promise<Missing> {
  const { rows } = await sql<Missing>`
    SELECT ARRAY(SELECT l::text FROM unnest(${[...named.listIds]}::uuid[]) l WHERE NOT EXISTS (SELECT 1 FROM live_list WHERE id = l)) AS lists,
           ARRAY(SELECT t::text FROM unnest(${[...named.templateIds]}::uuid[]) t WHERE NOT EXISTS (SELECT 1 FROM template WHERE id = t)) AS templates,
           ${named.topicId}::uuid IS NOT NULL AND NOT EXISTS (SELECT 1 FROM topic WHERE id = ${named.topicId}::uuid) AS topic,
           ${named.accountId}::uuid IS NOT NULL AND NOT EXISTS (
             SELECT 1 FROM sending_account WHERE id = ${named.accountId}::uuid AND archived_at IS NULL) AS account`.execute(
    tx,
  );
  return rows[0] as Missing;
}

/** Draft to starting: the content is copied from the templates, the accounts are settled, one for each step. */
export async function beginCampaign(
  tx: Tx,
  campaignId: string,
  accountIds: readonly string[],
): Promise<void> {
  await sql`
    UPDATE campaign SET state = 'starting', started_at = now(), sending_account_id = ${accountIds[0]} WHERE id = ${campaignId}`.execute(
    tx,
  );
  await sql`
    UPDATE campaign_step s SET content = t.compiled, account_id = (${[...accountIds]}::uuid[])[s.position + 1] FROM template t
    WHERE s.campaign_id = ${campaignId} AND t.workspace_id = s.workspace_id AND t.id = s.template_id`.execute(
    tx,
  );
}

export async function setCampaignState(
  tx: Tx,
  campaignId: string,
  state: CampaignState,
  pausedBecause: PausedBecause | null = null,
): Promise<void> {
  await sql`
    UPDATE campaign SET state = ${state}, paused_because = ${pausedBecause},
      started_at = CASE WHEN ${state} = 'draft' THEN NULL ELSE started_at END,
      finished_at = CASE WHEN ${state} = 'finished' THEN now() END
    WHERE id = ${campaignId}`.execute(tx);
}

/** Running campaigns with a step that sends by this account. */
export async function runningBy(tx: Tx, accountId: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    SELECT id FROM campaign c WHERE state = 'running' AND EXISTS (
      SELECT 1 FROM campaign_step s WHERE s.campaign_id = c.id AND coalesce(s.account_id, c.sending_account_id) = ${accountId})
    ORDER BY id`.execute(tx);
  return rows.map((row) => row.id);
}

/** Running campaigns that have something to do: follow-ups due, or none left open. */
export async function campaignsWithWork(
  tx: SystemTx,
): Promise<{ workspace_id: string; id: string; due: boolean }[]> {
  const { rows } = await sql<{ workspace_id: string; id: string; due: boolean; open: boolean }>`
    SELECT c.workspace_id, c.id,
      EXISTS (SELECT 1 FROM follow_up f WHERE f.workspace_id = c.workspace_id AND f.campaign_id = c.id
                AND f.state = 'active' AND f.due_at <= now()) AS due,
      EXISTS (SELECT 1 FROM follow_up f WHERE f.workspace_id = c.workspace_id AND f.campaign_id = c.id
                AND f.state IN ('active', 'paused')) AS open
    FROM campaign c WHERE c.state = 'running'`.execute(tx);
  return rows.filter((row) => row.due || !row.open);
}

/** True when nothing of the campaign is open any more: no follow-up goes on and no message waits. */
export async function isDone(tx: Tx, campaignId: string): Promise<boolean> {
  const { rows } = await sql<{ done: boolean }>`
    SELECT NOT EXISTS (SELECT 1 FROM follow_up WHERE campaign_id = ${campaignId} AND state IN ('active', 'paused'))
       AND NOT EXISTS (SELECT 1 FROM campaign_message WHERE campaign_id = ${campaignId} AND open) AS done`.execute(
    tx,
  );
  return rows[0]?.done ?? false;
}

/** How many messages wait in an account's outbox, counted up to `most`. */
export async function countWaiting(tx: Tx, accountId: string, most: number): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    SELECT count(*) AS count FROM (
      SELECT 1 FROM campaign_message WHERE account_id = ${accountId} AND open AND state = 'queued' LIMIT ${most}) AS waiting`.execute(
    tx,
  );
  return rows[0]?.count ?? 0;
}

/** A finished campaign runs again when a person takes one of its follow-ups up once more. */
export async function reopenCampaign(tx: Tx, campaignId: string): Promise<void> {
  await sql`
    UPDATE campaign SET state = 'running', finished_at = NULL WHERE id = ${campaignId} AND state = 'finished'`.execute(
    tx,
  );
}

/** The format of each of these templates. */
export async function selectFormats(
  tx: Tx,
  templateIds: readonly string[],
): Promise<Map<string, string>> {
  const { rows } = await sql<{ id: string; format: string }>`
    SELECT id, format FROM template WHERE id = ANY(${[...templateIds]}::uuid[])`.execute(tx);
  return new Map(rows.map((row) => [row.id, row.format]));
}

export async function selectAccountChannel(tx: Tx, accountId: string): Promise<string | undefined> {
  const { rows } = await sql<{ channel: string }>`
    SELECT channel FROM sending_account WHERE id = ${accountId}`.execute(tx);
  return rows[0]?.channel;
}

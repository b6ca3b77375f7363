import { type RawBuilder, sql } from "kysely";
import type { Tx } from "../../../kernel/database/index.ts";
import type { Viewer } from "../../contacts/index.ts";
import type { NamedRow } from "../contact-ref.ts";
import type { StageKind } from "../pipelines/queries.ts";
import { contactName, mentions, seenBy } from "../shared-queries.ts";

export interface OpportunityFields {
  title: string;
  /** In units of its currency. */
  amount: number | null;
  currency: string;
  stage_id: string;
  position: number;
  owner_id: string | null;
  expected_close: string | null;
  closed_at: Date | null;
}

export interface Opportunity extends OpportunityFields {
  id: string;
  pipeline_id: string;
  stage_name: string;
  stage_kind: StageKind;
  created_at: Date;
  updated_at: Date;
}

const selectOpportunities = sql`
  SELECT o.id, o.title, o.amount::float8 AS amount, o.currency, o.stage_id, o.position, o.owner_id,
    to_char(o.expected_close, 'YYYY-MM-DD') AS expected_close, o.closed_at, o.created_at, o.updated_at,
    s.pipeline_id, s.name AS stage_name, s.kind AS stage_kind
  FROM live_opportunity o JOIN pipeline_stage s ON s.id = o.stage_id`;

/** The opportunity called o has a contact whom the viewer sees. */
const shown = (viewer: Viewer, more: RawBuilder<unknown> = sql`true`) => sql`EXISTS (
  SELECT 1 FROM opportunity_contact oc JOIN live_contact c ON c.id = oc.contact_id
  WHERE oc.opportunity_id = o.id AND ${seenBy(viewer)} AND ${more})`;

export async function insertOpportunity(
  tx: Tx,
  id: string,
  fields: OpportunityFields,
  createdAt: Date,
): Promise<void> {
  await sql`
    INSERT INTO opportunity (workspace_id, id, title, amount, currency, stage_id, position, owner_id, expected_close, closed_at, created_at, updated_at)
    VALUES (${tx.workspaceId}, ${id}, ${fields.title}, ${fields.amount}, ${fields.currency}, ${fields.stage_id}, ${fields.position},
      ${fields.owner_id}, ${fields.expected_close}, ${fields.closed_at}, ${createdAt}, ${createdAt})`.execute(
    tx,
  );
}

export async function selectOpportunity(
  tx: Tx,
  viewer: Viewer,
  id: string,
): Promise<Opportunity | undefined> {
  const { rows } = await sql<Opportunity>`
    ${selectOpportunities} WHERE o.id = ${id} AND ${shown(viewer)}`.execute(tx);
  return rows[0];
}

export interface OpportunitySearch {
  pipelineId?: string;
  stageId?: string;
  /** A user, or `none` for nobody. */
  ownerId?: string;
  contactId?: string;
  q?: string;
}

/** One stage in its own order; anything else, the newest first. */
export async function pageOfOpportunities(
  tx: Tx,
  viewer: Viewer,
  search: OpportunitySearch,
  page: { after: { position: number | null; id: string } | null; limit: number },
): Promise<Opportunity[]> {
  const ofContact = search.contactId ? sql`c.id = ${search.contactId}` : sql`true`;
  const all = [shown(viewer, sql`${ofContact} AND ${mentions(search.q, [sql`o.title`])}`)];
  if (search.pipelineId) all.push(sql`s.pipeline_id = ${search.pipelineId}`);
  if (search.stageId) all.push(sql`o.stage_id = ${search.stageId}`);
  if (search.ownerId === "none") all.push(sql`o.owner_id IS NULL`);
  else if (search.ownerId) all.push(sql`o.owner_id = ${search.ownerId}`);
  const { after } = page;
  if (after) {
    all.push(
      search.stageId
        ? sql`(o.position, o.id) > (${after.position}::float8, ${after.id}::uuid)`
        : sql`o.id < ${after.id}`,
    );
  }
  const { rows } = await sql<Opportunity>`
    ${selectOpportunities} WHERE ${sql.join(all, sql` AND `)}
    ORDER BY ${search.stageId ? sql`o.position, o.id` : sql`o.id DESC`} LIMIT ${page.limit}`.execute(
    tx,
  );
  return rows;
}

export interface OpportunityContact extends NamedRow {
  opportunity_id: string;
  contact_id: string;
  is_primary: boolean;
}

/** The contacts of these opportunities that the viewer sees, the primary one first. */
export async function contactsOf(
  tx: Tx,
  viewer: Viewer,
  ids: readonly string[],
): Promise<OpportunityContact[]> {
  const { rows } = await sql<OpportunityContact>`
    SELECT oc.opportunity_id, oc.contact_id, oc.is_primary, ${contactName}
    FROM opportunity_contact oc JOIN live_contact c ON c.id = oc.contact_id
    WHERE oc.opportunity_id = ANY(${ids}::uuid[]) AND ${seenBy(viewer)}
    ORDER BY oc.is_primary DESC, oc.added_at, oc.contact_id`.execute(tx);
  return rows;
}

/** Takes off the contacts that the viewer sees; whom they do not see stays. */
export async function removeContacts(tx: Tx, viewer: Viewer, id: string): Promise<void> {
  await sql`
    DELETE FROM opportunity_contact oc USING live_contact c
    WHERE oc.opportunity_id = ${id} AND c.id = oc.contact_id AND ${seenBy(viewer)}`.execute(tx);
}

/** Adds contacts; the first becomes primary unless one that the caller did not see is. */
export async function insertContacts(
  tx: Tx,
  id: string,
  contactIds: readonly string[],
): Promise<void> {
  await sql`
    INSERT INTO opportunity_contact (workspace_id, opportunity_id, contact_id, is_primary)
    SELECT ${tx.workspaceId}, ${id}, given.contact_id,
      given.place = 1 AND NOT EXISTS (SELECT 1 FROM opportunity_contact WHERE opportunity_id = ${id} AND is_primary)
    FROM unnest(${contactIds}::uuid[]) WITH ORDINALITY AS given (contact_id, place)
    ON CONFLICT (workspace_id, opportunity_id, contact_id) DO NOTHING`.execute(tx);
}

export async function updateOpportunity(
  tx: Tx,
  id: string,
  fields: OpportunityFields,
): Promise<void> {
  await sql`
    UPDATE opportunity SET title = ${fields.title}, amount = ${fields.amount}, currency = ${fields.currency},
      stage_id = ${fields.stage_id}, position = ${fields.position}, owner_id = ${fields.owner_id},
      expected_close = ${fields.expected_close}, closed_at = ${fields.closed_at}, updated_at = clock_timestamp()
    WHERE id = ${id}`.execute(tx);
}

export async function removeOpportunity(tx: Tx, id: string): Promise<void> {
  await sql`DELETE FROM opportunity WHERE id = ${id}`.execute(tx);
}

/** The place after everything in a stage. */
export async function endOfStage(tx: Tx, stageId: string): Promise<number> {
  const { rows } = await sql<{ position: number }>`
    SELECT coalesce(max(position), 0) + 1 AS position FROM opportunity WHERE stage_id = ${stageId}`.execute(
    tx,
  );
  return rows[0]?.position ?? 1;
}

/** What stands before and after the place `index` among those of a stage that the viewer sees, besides one. */
export async function neighbours(
  tx: Tx,
  viewer: Viewer,
  place: { stageId: string; index: number; besides: string },
): Promise<{ before: number | null; after: number | null }> {
  const { rows } = await sql<{ position: number }>`
    SELECT o.position FROM live_opportunity o
    WHERE o.stage_id = ${place.stageId} AND o.id <> ${place.besides} AND ${shown(viewer)}
    ORDER BY o.position, o.id OFFSET ${Math.max(place.index - 1, 0)} LIMIT 2`.execute(tx);
  const [first, second] = rows.map((row) => row.position);
  return place.index === 0
    ? { before: null, after: first ?? null }
    : { before: first ?? null, after: second ?? null };
}

/** Spreads a stage's opportunities over whole numbers, in the order that they have. */
export async function spreadOut(tx: Tx, stageId: string): Promise<void> {
  await sql`
    UPDATE opportunity o SET position = r.place FROM (
      SELECT id, row_number() OVER (ORDER BY position, id) AS place FROM opportunity WHERE stage_id = ${stageId}
    ) r WHERE o.id = r.id AND o.stage_id = ${stageId}`.execute(tx);
}

import { sql } from "kysely";
import type { Tx } from "../../kernel/database/index.ts";

export type LinkedKind = "note" | "task" | "appointment" | "conversation" | "opportunity";

/** How many items of each kind hang on these contacts; one that hangs on several counts once. */
export async function countLinked(
  tx: Tx,
  contactIds: readonly string[],
): Promise<{ kind: LinkedKind; count: number }[]> {
  const { rows } = await sql<{ kind: LinkedKind; count: number }>`
    SELECT kind, count(DISTINCT id) AS count FROM linked_item
    WHERE contact_id = ANY(${contactIds}::uuid[]) GROUP BY kind`.execute(tx);
  return rows;
}

type OwnTable = "note" | "task" | "conversation";

/** Hangs all of a contact's own items on another; answers which. */
export async function moveOwn(
  tx: Tx,
  table: OwnTable,
  from: string,
  to: string,
  only: readonly string[] | null = null,
): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    UPDATE ${sql.table(table)} SET contact_id = ${to}
    WHERE contact_id = ${from} AND ${only ? sql`id = ANY(${only}::uuid[])` : sql`true`} RETURNING id`.execute(
    tx,
  );
  return rows.map((row) => row.id);
}

/** A place in something shared that a contact gave up to another. */
export interface SharedPlace {
  /** The opportunity or appointment. */
  id: string;
  /** Null when the other took part already. */
  added: boolean;
  was_primary: boolean;
}

/** Gives a contact's place in opportunities to another, who may take part in some already. */
export async function moveOpportunityPlaces(
  tx: Tx,
  from: string,
  to: string,
): Promise<SharedPlace[]> {
  const { rows } = await sql<SharedPlace>`
    WITH gone AS (
      DELETE FROM opportunity_contact WHERE contact_id = ${from} RETURNING opportunity_id, is_primary, added_at
    ), added AS (
      INSERT INTO opportunity_contact (workspace_id, opportunity_id, contact_id, is_primary, added_at)
      SELECT ${tx.workspaceId}, opportunity_id, ${to}, false, added_at FROM gone
      ON CONFLICT (workspace_id, opportunity_id, contact_id) DO NOTHING RETURNING opportunity_id
    )
    SELECT g.opportunity_id AS id, a.opportunity_id IS NOT NULL AS added, g.is_primary AS was_primary
    FROM gone g LEFT JOIN added a USING (opportunity_id)`.execute(tx);
  return rows;
}

export async function setPrimary(
  tx: Tx,
  opportunityIds: readonly string[],
  contactId: string,
  primary: boolean,
): Promise<void> {
  await sql`
    UPDATE opportunity_contact SET is_primary = ${primary}
    WHERE contact_id = ${contactId} AND opportunity_id = ANY(${opportunityIds}::uuid[])`.execute(
    tx,
  );
}

/** Puts a contact back into opportunities, as no primary one. */
export async function addOpportunityPlaces(
  tx: Tx,
  opportunityIds: readonly string[],
  contactId: string,
): Promise<void> {
  await sql`
    INSERT INTO opportunity_contact (workspace_id, opportunity_id, contact_id)
    SELECT ${tx.workspaceId}, o.id, ${contactId} FROM opportunity o WHERE o.id = ANY(${opportunityIds}::uuid[])
    ON CONFLICT (workspace_id, opportunity_id, contact_id) DO NOTHING`.execute(tx);
}

export async function removeOpportunityPlaces(
  tx: Tx,
  opportunityIds: readonly string[],
  contactId: string,
): Promise<void> {
  await sql`
    DELETE FROM opportunity_contact WHERE contact_id = ${contactId} AND opportunity_id = ANY(${opportunityIds}::uuid[])`.execute(
    tx,
  );
}

/** Gives a contact's place in appointments to another; answers the rows that moved, and the appointments where the other was already. */
export async function moveAppointmentPlaces(
  tx: Tx,
  from: string,
  to: string,
): Promise<{ moved: string[]; given_up: string[] }> {
  const moved = await sql<{ id: string }>`
    UPDATE appointment_attendee t SET contact_id = ${to}
    WHERE t.contact_id = ${from} AND NOT EXISTS (
      SELECT 1 FROM appointment_attendee o WHERE o.contact_id = ${to} AND o.appointment_id = t.appointment_id)
    RETURNING t.id`.execute(tx);
  const given = await sql<{ appointment_id: string }>`
    DELETE FROM appointment_attendee WHERE contact_id = ${from} RETURNING appointment_id`.execute(
    tx,
  );
  return {
    moved: moved.rows.map((row) => row.id),
    given_up: given.rows.map((row) => row.appointment_id),
  };
}

/** The way back: moved places return, given-up ones are made anew. */
export async function returnAppointmentPlaces(
  tx: Tx,
  from: string,
  to: string,
  places: { moved: readonly string[]; given_up: readonly { id: string; appointmentId: string }[] },
): Promise<void> {
  await sql`
    UPDATE appointment_attendee SET contact_id = ${from}
    WHERE contact_id = ${to} AND id = ANY(${places.moved}::uuid[])`.execute(tx);
  await sql`
    INSERT INTO appointment_attendee (workspace_id, id, appointment_id, contact_id)
    SELECT ${tx.workspaceId}, g.id, a.id, ${from}
    FROM unnest(${places.given_up.map((each) => each.id)}::uuid[], ${places.given_up.map((each) => each.appointmentId)}::uuid[]) AS g (id, appointment_id)
    JOIN appointment a ON a.id = g.appointment_id
    ON CONFLICT DO NOTHING`.execute(tx);
}

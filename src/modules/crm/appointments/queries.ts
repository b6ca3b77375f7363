import { type RawBuilder, sql } from "kysely";
import type { Tx } from "../../../kernel/database/index.ts";
import type { Viewer } from "../../contacts/index.ts";
import type { NamedRow } from "../contact-ref.ts";
import type { Position } from "../cursor.ts";
import { contactName, mentions, seenBy } from "../shared-queries.ts";

export interface AppointmentFields {
  title: string;
  starts_at: Date;
  ends_at: Date;
  time_zone: string;
  location: string;
}

export interface Appointment extends AppointmentFields {
  id: string;
  author_id: string | null;
  created_at: Date;
  updated_at: Date;
}

/** A contact who attends, as the viewer may see them, or a guest by name and email. */
export type AttendeeRow = { appointment_id: string; guest_name: string; guest_email: string } & (
  | ({ contact_id: string } & NamedRow)
  | { contact_id: null }
);

export interface NewAttendee {
  id: string;
  contact_id: string | null;
  name: string;
  email: string;
}

const columns = sql`a.id, a.title, a.starts_at, a.ends_at, a.time_zone, a.location, a.author_id, a.created_at, a.updated_at`;

/** The appointment called a has a contact whom the viewer sees. */
const attended = (viewer: Viewer, more: RawBuilder<unknown> = sql`true`) => sql`EXISTS (
  SELECT 1 FROM appointment_attendee t JOIN live_contact c ON c.id = t.contact_id
  WHERE t.appointment_id = a.id AND ${seenBy(viewer)} AND ${more})`;

export async function insertAppointment(
  tx: Tx,
  appointment: Omit<Appointment, "updated_at">,
): Promise<void> {
  await sql`
    INSERT INTO appointment (workspace_id, id, title, starts_at, ends_at, time_zone, location, author_id, created_at, updated_at)
    VALUES (${tx.workspaceId}, ${appointment.id}, ${appointment.title}, ${appointment.starts_at}, ${appointment.ends_at},
      ${appointment.time_zone}, ${appointment.location}, ${appointment.author_id}, ${appointment.created_at}, ${appointment.created_at})`.execute(
    tx,
  );
}

export async function insertAttendees(
  tx: Tx,
  appointmentId: string,
  attendees: readonly NewAttendee[],
): Promise<void> {
  await sql`
    INSERT INTO appointment_attendee (workspace_id, appointment_id, id, contact_id, name, email)
    SELECT ${tx.workspaceId}, ${appointmentId}, * FROM unnest(
      ${attendees.map((a) => a.id)}::uuid[], ${attendees.map((a) => a.contact_id)}::uuid[],
      ${attendees.map((a) => a.name)}::text[], ${attendees.map((a) => a.email)}::text[])
    ON CONFLICT DO NOTHING`.execute(tx);
}

/** Takes out the guests and the contacts that the viewer sees; whom they do not see stays. */
export async function removeAttendees(
  tx: Tx,
  viewer: Viewer,
  appointmentId: string,
): Promise<void> {
  await sql`
    DELETE FROM appointment_attendee t WHERE t.appointment_id = ${appointmentId}
      AND (t.contact_id IS NULL OR EXISTS (SELECT 1 FROM live_contact c WHERE c.id = t.contact_id AND ${seenBy(viewer)}))`.execute(
    tx,
  );
}

export async function selectAppointment(
  tx: Tx,
  viewer: Viewer,
  id: string,
): Promise<Appointment | undefined> {
  const { rows } = await sql<Appointment>`
    SELECT ${columns} FROM appointment a WHERE a.id = ${id} AND ${attended(viewer)}`.execute(tx);
  return rows[0];
}

export interface AppointmentSearch {
  contactId?: string;
  q?: string;
  from: Date | null;
  until: Date | null;
}

/** Appointments that overlap a span, in the order in which they begin, or the latest first. */
export async function pageOfAppointments(
  tx: Tx,
  viewer: Viewer,
  search: AppointmentSearch,
  page: { latestFirst: boolean; after: Position | null; limit: number },
): Promise<Appointment[]> {
  const direction = page.latestFirst ? sql`DESC` : sql`ASC`;
  const beyond = page.latestFirst ? sql`<` : sql`>`;
  const { after } = page;
  const ofContact = search.contactId ? sql`c.id = ${search.contactId}` : sql`true`;
  const { rows } = await sql<Appointment>`
    SELECT ${columns} FROM appointment a
    WHERE ${attended(viewer, sql`${ofContact} AND ${mentions(search.q, [sql`a.title`, sql`a.location`])}`)}
      AND ${search.from ? sql`a.ends_at >= ${search.from}` : sql`true`}
      AND ${search.until ? sql`a.starts_at < ${search.until}` : sql`true`}
      AND ${after ? sql`(a.starts_at, a.id) ${beyond} (${after.at}::timestamptz, ${after.id}::uuid)` : sql`true`}
    ORDER BY a.starts_at ${direction}, a.id ${direction} LIMIT ${page.limit}`.execute(tx);
  return rows;
}

/** Who attends these appointments: guests, and contacts that the viewer sees. */
export async function selectAttendees(
  tx: Tx,
  viewer: Viewer,
  appointmentIds: readonly string[],
): Promise<AttendeeRow[]> {
  const { rows } = await sql<AttendeeRow>`
    SELECT t.appointment_id, t.name AS guest_name, t.email AS guest_email, t.contact_id, ${contactName}
    FROM appointment_attendee t LEFT JOIN live_contact c ON c.id = t.contact_id AND ${seenBy(viewer)}
    WHERE t.appointment_id = ANY(${appointmentIds}::uuid[]) AND (t.contact_id IS NULL OR c.id IS NOT NULL)
    ORDER BY t.id`.execute(tx);
  return rows;
}

export async function updateAppointment(
  tx: Tx,
  id: string,
  fields: AppointmentFields,
): Promise<void> {
  await sql`
    UPDATE appointment SET title = ${fields.title}, starts_at = ${fields.starts_at}, ends_at = ${fields.ends_at},
      time_zone = ${fields.time_zone}, location = ${fields.location}, updated_at = clock_timestamp()
    WHERE id = ${id}`.execute(tx);
}

export async function removeAppointment(tx: Tx, id: string): Promise<void> {
  await sql`DELETE FROM appointment WHERE id = ${id}`.execute(tx);
}

import { z } from "zod";
import type { Tx } from "../../../kernel/database/index.ts";
import { id, rfc3339, time } from "../../../kernel/http/index.ts";
import { findUsers } from "../../access/index.ts";
import { displayName, type Viewer } from "../../contacts/index.ts";
import { presentContactRef } from "../contact-ref.ts";
import { contactRefSchema } from "../fields.ts";
import { calendarFile } from "./ics.ts";
import { type Appointment, type AttendeeRow, selectAttendees } from "./queries.ts";

export const appointmentSchema = z.object({
  id,
  title: z.string(),
  starts_at: time,
  ends_at: time,
  time_zone: z.string().describe("IANA, where it takes place"),
  location: z.string(),
  attendees: z.array(
    z.object({
      contact: contactRefSchema.nullable().describe("null for a guest who is no contact"),
      name: z.string(),
      email: z.string().nullable(),
    }),
  ),
  author_id: id.nullable(),
  created_at: time,
  updated_at: time,
});
type Presented = z.input<typeof appointmentSchema>;

function presentAttendee(row: AttendeeRow): Presented["attendees"][number] {
  return row.contact_id === null
    ? { contact: null, name: row.guest_name, email: row.guest_email || null }
    : { contact: presentContactRef(row), name: displayName(row), email: row.email };
}

/** Appointments as the API shows them to this viewer, in the order given. */
export async function presentAppointments(
  tx: Tx,
  viewer: Viewer,
  appointments: readonly Appointment[],
): Promise<Presented[]> {
  const attendees = new Map<string, Presented["attendees"]>();
  const ids = appointments.map((each) => each.id);
  for (const row of await selectAttendees(tx, viewer, ids)) {
    const others = attendees.get(row.appointment_id) ?? [];
    attendees.set(row.appointment_id, [...others, presentAttendee(row)]);
  }
  return appointments.map((each) => ({
    id: each.id,
    title: each.title,
    starts_at: rfc3339(each.starts_at),
    ends_at: rfc3339(each.ends_at),
    time_zone: each.time_zone,
    location: each.location,
    attendees: attendees.get(each.id) ?? [],
    author_id: each.author_id,
    created_at: rfc3339(each.created_at),
    updated_at: rfc3339(each.updated_at),
  }));
}

export async function presentAppointment(
  tx: Tx,
  viewer: Viewer,
  appointment: Appointment,
): Promise<Presented> {
  const [presented] = await presentAppointments(tx, viewer, [appointment]);
  return presented as Presented;
}

/** The appointment as a calendar file, with those attendees whom the viewer sees and who have an email. */
export async function calendarOf(
  tx: Tx,
  viewer: Viewer,
  appointment: Appointment,
): Promise<string> {
  const { attendees } = await presentAppointment(tx, viewer, appointment);
  const [author] = appointment.author_id ? await findUsers(tx, [appointment.author_id]) : [];
  return calendarFile({
    uid: `${appointment.id}@heed`,
    title: appointment.title,
    startsAt: appointment.starts_at,
    endsAt: appointment.ends_at,
    location: appointment.location,
    changedAt: appointment.updated_at,
    organizer: author ? { name: author.name, email: author.email } : null,
    attendees: attendees.flatMap(({ name, email }) => (email ? [{ name, email }] : [])),
  });
}

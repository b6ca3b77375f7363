import type { Tx } from "../../../kernel/database/index.ts";
import { newId } from "../../../kernel/ids.ts";
import { knownTimeZone } from "../../access/index.ts";
import { createdAt, type Viewer } from "../../contacts/index.ts";
import { type Actor, record } from "../../ledger/index.ts";
import { type Invited, readAttendees } from "./attendees.ts";
import { type AppointmentFields, insertAppointment, insertAttendees } from "./queries.ts";
import { checkSpan } from "./rules.ts";

/** Makes an appointment; returns its id. Throws `not_found` for a contact that the viewer does not see. */
export async function addAppointment(
  tx: Tx,
  act: {
    appointment: AppointmentFields;
    attendees: readonly Invited[];
    viewer: Viewer;
    authorId: string | null;
    actor: Actor;
  },
): Promise<string> {
  const { appointment } = act;
  checkSpan(appointment.starts_at, appointment.ends_at);
  const timeZone = knownTimeZone(appointment.time_zone);
  const attendees = await readAttendees(tx, act.viewer, act.attendees);
  const id = newId();
  await insertAppointment(tx, {
    ...appointment,
    time_zone: timeZone,
    id,
    author_id: act.authorId,
    created_at: createdAt(id),
  });
  await insertAttendees(tx, id, attendees);
  await record(tx, { act: "appointment.added", actor: act.actor, subjectId: id });
  return id;
}

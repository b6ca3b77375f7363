import type { Tx } from "../../../kernel/database/index.ts";
import { knownTimeZone } from "../../access/index.ts";
import type { Viewer } from "../../contacts/index.ts";
import { type Actor, record } from "../../ledger/index.ts";
import { type Invited, readAttendees } from "./attendees.ts";
import {
  type AppointmentFields,
  insertAttendees,
  removeAttendees,
  updateAppointment,
} from "./queries.ts";
import { requireAppointment } from "./require-appointment.ts";
import { checkSpan } from "./rules.ts";

/** Changes what is named; attendees are replaced, save contacts that the viewer does not see. */
export async function editAppointment(
  tx: Tx,
  act: {
    appointmentId: string;
    changes: Partial<AppointmentFields>;
    attendees?: readonly Invited[];
    viewer: Viewer;
    actor: Actor;
  },
): Promise<void> {
  const before = await requireAppointment(tx, act.viewer, act.appointmentId);
  const after: AppointmentFields = { ...before, ...act.changes };
  checkSpan(after.starts_at, after.ends_at);
  after.time_zone = knownTimeZone(after.time_zone);
  await updateAppointment(tx, before.id, after);
  if (act.attendees) {
    const attendees = await readAttendees(tx, act.viewer, act.attendees);
    await removeAttendees(tx, act.viewer, before.id);
    await insertAttendees(tx, before.id, attendees);
  }
  await record(tx, {
    act: "appointment.edited",
    actor: act.actor,
    subjectId: before.id,
    detail: { fields: [...Object.keys(act.changes), ...(act.attendees ? ["attendees"] : [])] },
  });
}

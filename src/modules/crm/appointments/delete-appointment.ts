import type { Tx } from "../../../kernel/database/index.ts";
import type { Viewer } from "../../contacts/index.ts";
import { type Actor, record } from "../../ledger/index.ts";
import { removeAppointment } from "./queries.ts";
import { requireAppointment } from "./require-appointment.ts";

/** Deletes an appointment for good. Throws `not_found`. */
export async function deleteAppointment(
  tx: Tx,
  act: { appointmentId: string; viewer: Viewer; actor: Actor },
): Promise<void> {
  const appointment = await requireAppointment(tx, act.viewer, act.appointmentId);
  await removeAppointment(tx, appointment.id);
  await record(tx, {
    act: "appointment.deleted",
    actor: act.actor,
    subjectId: appointment.id,
  });
}

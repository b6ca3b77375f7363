import type { Tx } from "../../../kernel/database/index.ts";
import { HeedError } from "../../../kernel/errors.ts";
import type { Viewer } from "../../contacts/index.ts";
import { type Appointment, selectAppointment } from "./queries.ts";

/** The appointment, or `not_found`: also when the viewer sees none of its contacts. */
export async function requireAppointment(
  tx: Tx,
  viewer: Viewer,
  appointmentId: string,
): Promise<Appointment> {
  const appointment = await selectAppointment(tx, viewer, appointmentId);
  if (!appointment) throw new HeedError("not_found", "There is no such appointment.");
  return appointment;
}

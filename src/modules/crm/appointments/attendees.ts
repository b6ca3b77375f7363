import type { Tx } from "../../../kernel/database/index.ts";
import { HeedError } from "../../../kernel/errors.ts";
import { newId } from "../../../kernel/ids.ts";
import { requireVisible, type Viewer } from "../../contacts/index.ts";
import type { NewAttendee } from "./queries.ts";

/** Who is asked to come: a contact, or a guest by email and name. */
export type Invited = { contact_id: string } | { email: string; name: string };

/**
 * Checks who attends: every contact is one that the viewer sees, and there is at
 * least one, because an appointment hangs on its contacts.
 */
export async function readAttendees(
  tx: Tx,
  viewer: Viewer,
  invited: readonly Invited[],
): Promise<NewAttendee[]> {
  const attendees: NewAttendee[] = [];
  for (const each of invited) {
    if ("contact_id" in each) {
      await requireVisible(tx, viewer, each.contact_id);
      attendees.push({ id: newId(), contact_id: each.contact_id, name: "", email: "" });
    } else {
      attendees.push({ id: newId(), contact_id: null, name: each.name, email: each.email });
    }
  }
  if (!attendees.some((each) => each.contact_id !== null)) {
    throw new HeedError(
      "validation_failed",
      "Name at least one contact who attends; an appointment belongs to its contacts.",
      { fields: [{ field: "attendees", problem: "names no contact" }] },
    );
  }
  return attendees;
}

import type { Tx } from "../../../kernel/database/index.ts";
import type { Viewer } from "../../contacts/index.ts";
import { type Actor, record } from "../../ledger/index.ts";
import { removeNote } from "./queries.ts";
import { requireNote } from "./require-note.ts";

/** Deletes a note for good. Throws `not_found`. */
export async function deleteNote(
  tx: Tx,
  act: { noteId: string; viewer: Viewer; actor: Actor },
): Promise<void> {
  const note = await requireNote(tx, act.viewer, act.noteId);
  await removeNote(tx, note.id);
  await record(tx, {
    act: "note.deleted",
    actor: act.actor,
    contactId: note.contact_id,
    subjectId: note.id,
  });
}

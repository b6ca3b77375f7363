import type { Tx } from "../../../kernel/database/index.ts";
import type { Viewer } from "../../contacts/index.ts";
import { type Actor, record } from "../../ledger/index.ts";
import { updateNote } from "./queries.ts";
import { requireNote } from "./require-note.ts";

/** Rewrites a note. Throws `not_found`. */
export async function editNote(
  tx: Tx,
  act: { noteId: string; text: string; viewer: Viewer; actor: Actor },
): Promise<void> {
  const note = await requireNote(tx, act.viewer, act.noteId);
  if (note.text === act.text) return;
  await updateNote(tx, note.id, act.text);
  await record(tx, {
    act: "note.edited",
    actor: act.actor,
    contactId: note.contact_id,
    subjectId: note.id,
  });
}

import type { Tx } from "../../../kernel/database/index.ts";
import { newId } from "../../../kernel/ids.ts";
import { createdAt } from "../../contacts/index.ts";
import { type Actor, record } from "../../ledger/index.ts";
import { insertNote, type Note } from "./queries.ts";

/** Writes a note on a contact that the caller has checked to be visible. */
export async function addNote(
  tx: Tx,
  act: { contactId: string; text: string; authorId: string | null; actor: Actor },
): Promise<Note> {
  const id = newId();
  const note = {
    id,
    contact_id: act.contactId,
    text: act.text,
    author_id: act.authorId,
    created_at: createdAt(id),
  };
  await insertNote(tx, note);
  await record(tx, {
    act: "note.added",
    actor: act.actor,
    contactId: act.contactId,
    subjectId: id,
  });
  return { ...note, updated_at: note.created_at };
}

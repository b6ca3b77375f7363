import type { Tx } from "../../../kernel/database/index.ts";
import { HeedError } from "../../../kernel/errors.ts";
import type { Viewer } from "../../contacts/index.ts";
import { type Note, selectNote } from "./queries.ts";

/** The note, or `not_found`: also when its contact is in the bin or not the viewer's to see. */
export async function requireNote(tx: Tx, viewer: Viewer, noteId: string): Promise<Note> {
  const note = await selectNote(tx, viewer, noteId);
  if (!note) throw new HeedError("not_found", "There is no such note.");
  return note;
}

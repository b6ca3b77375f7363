import { z } from "zod";
import {
  decodeIdCursor,
  id,
  idParams,
  page,
  pageQuery,
  type Route,
  rfc3339,
  route,
  time,
} from "../../../kernel/http/index.ts";
import { requireVisible } from "../../contacts/index.ts";
import { actorOf } from "../../ledger/index.ts";
import { cutPage } from "../cursor.ts";
import { block, searched } from "../fields.ts";
import { addNote } from "./add-note.ts";
import { deleteNote } from "./delete-note.ts";
import { editNote } from "./edit-note.ts";
import { type Note, pageOfNotes } from "./queries.ts";
import { requireNote } from "./require-note.ts";

const tag = "Notes";
const noteBody = z.object({ text: block(20_000) });
const noteSchema = z.object({
  id,
  contact_id: id,
  text: z.string(),
  author_id: id.nullable(),
  created_at: time,
  updated_at: time,
});

function present(note: Note): z.input<typeof noteSchema> {
  return { ...note, created_at: rfc3339(note.created_at), updated_at: rfc3339(note.updated_at) };
}

export const noteRoutes: Route[] = [
  route({
    method: "GET",
    path: "/contacts/:id/notes",
    permission: "contacts.view",
    summary: "A contact's notes, newest first",
    tag,
    params: idParams,
    query: pageQuery.extend({ q: searched }),
    response: page(noteSchema),
    async handler({ tx, caller, params, query }) {
      await requireVisible(tx, caller, params.id);
      const before = query.cursor === undefined ? null : decodeIdCursor(query.cursor);
      const rows = await pageOfNotes(tx, params.id, { ...query, before, limit: query.limit + 1 });
      const { shown, next_cursor } = cutPage(rows, query.limit, (note) => [note.id]);
      return { items: shown.map(present), next_cursor };
    },
  }),
  route({
    method: "POST",
    path: "/contacts/:id/notes",
    permission: "contacts.edit",
    summary: "Write a note on a contact",
    tag,
    params: idParams,
    body: noteBody,
    response: noteSchema,
    status: 201,
    async handler({ tx, caller, params, body }) {
      await requireVisible(tx, caller, params.id);
      const { text } = body;
      return present(
        await addNote(tx, {
          contactId: params.id,
          text,
          authorId: caller.userId,
          actor: actorOf(caller),
        }),
      );
    },
  }),
  route({
    method: "GET",
    path: "/notes/:id",
    permission: "contacts.view",
    summary: "One note",
    tag,
    params: idParams,
    response: noteSchema,
    handler: async ({ tx, caller, params }) => present(await requireNote(tx, caller, params.id)),
  }),
  route({
    method: "PATCH",
    path: "/notes/:id",
    permission: "contacts.edit",
    summary: "Rewrite a note",
    tag,
    params: idParams,
    body: noteBody,
    response: noteSchema,
    async handler({ tx, caller, params, body }) {
      await editNote(tx, {
        noteId: params.id,
        text: body.text,
        viewer: caller,
        actor: actorOf(caller),
      });
      return present(await requireNote(tx, caller, params.id));
    },
  }),
  route({
    method: "DELETE",
    path: "/notes/:id",
    permission: "contacts.edit",
    summary: "Delete a note for good",
    tag,
    params: idParams,
    handler: ({ tx, caller, params }) =>
      deleteNote(tx, { noteId: params.id, viewer: caller, actor: actorOf(caller) }),
  }),
];

import { z } from "zod";
import {
  encodeCursor,
  id,
  idParams,
  jobStarted,
  page,
  pageQuery,
  type Route,
  rfc3339,
  route,
  time,
} from "../../kernel/http/index.ts";
import { line, listContacts, requireVisible, selectionSchema } from "../contacts/index.ts";
import { actorOf } from "../ledger/index.ts";
import { actOnSelection } from "./bulk.ts";
import type { ListParts } from "./change-exclusions.ts";
import { createList } from "./create-list.ts";
import type { ListAct } from "./list-acts.ts";
import { listsOfContact } from "./merge-queries.ts";
import { joinedAt, pageOfExclusions } from "./queries.ts";
import { renameList } from "./rename-list.ts";
import { requireList } from "./require-list.ts";
import { countedList, listSchema, pagedLists, readIdCursor } from "./view-lists.ts";

const name = line(200).min(1, "must not be empty");
const person = {
  contact_id: id,
  first_name: z.string(),
  last_name: z.string(),
  company: z.string(),
  email: z.string().nullable(),
  phone: z.string().nullable(),
};
const count = z.number().int();
const text = z
  .string()
  .max(200)
  .refine((value) => !value.includes("\0"), "holds a NUL character");

export function listRoutes(parts: ListParts): Route[] {
  /** A bulk act on a list: counts at once, or a job_id for more than 10,000 contacts. */
  const bulkRoute = (
    definition: { method: "POST" | "DELETE"; path: string; permission: string; summary: string },
    act: ListAct,
    counts: Record<string, typeof count>,
  ): Route =>
    route({
      ...definition,
      description:
        "Answers with the counts, or with a job_id when the selection holds more than 10,000 contacts.",
      tag: "Lists",
      params: idParams,
      body: z.object({ selection: selectionSchema }),
      response: z.union([z.object({ ...counts, not_found: count }), jobStarted]),
      async handler({ tx, caller, params, body }) {
        const result = await actOnSelection(tx, parts, {
          act,
          listId: params.id,
          selection: body.selection,
          caller,
        });
        return ("jobId" in result ? { job_id: result.jobId } : result.counts) as { job_id: string };
      },
    });
  return [
    route({
      method: "GET",
      path: "/lists",
      permission: "contacts.view",
      summary: "Lists by name, with how many contacts they hold and exclude",
      tag: "Lists",
      query: pageQuery.extend({ q: text.optional() }),
      response: page(listSchema),
      handler: ({ tx, caller, query }) => pagedLists(tx, caller, query),
    }),
    route({
      method: "POST",
      path: "/lists",
      permission: "lists.edit",
      summary: "Make a list",
      tag: "Lists",
      body: z.object({ name, kind: z.enum(["manual"]).default("manual") }),
      response: listSchema,
      status: 201,
      async handler({ tx, caller, body }) {
        const listId = await createList(tx, { ...body, actor: actorOf(caller) });
        return countedList(tx, caller, listId);
      },
    }),
    route({
      method: "GET",
      path: "/lists/:id",
      permission: "contacts.view",
      summary: "One list",
      tag: "Lists",
      params: idParams,
      response: listSchema,
      handler: ({ tx, caller, params }) => countedList(tx, caller, params.id),
    }),
    route({
      method: "PATCH",
      path: "/lists/:id",
      permission: "lists.edit",
      summary: "Rename a list",
      tag: "Lists",
      params: idParams,
      body: z.object({ name }),
      response: listSchema,
      async handler({ tx, caller, params, body }) {
        await renameList(tx, { listId: params.id, name: body.name, actor: actorOf(caller) });
        return countedList(tx, caller, params.id);
      },
    }),
    route({
      method: "GET",
      path: "/lists/:id/members",
      permission: "contacts.view",
      summary: "Members, newest contact first",
      tag: "Lists",
      params: idParams,
      query: pageQuery.extend({ q: text.optional() }),
      response: page(z.object({ ...person, added_at: time.nullable() })),
      async handler({ tx, caller, params, query }) {
        await requireList(tx, params.id);
        const found = await listContacts(tx, {
          ...query,
          viewer: caller,
          filter: { list_id: params.id, q: query.q },
          sort: "-created_at",
        });
        const joined = await joinedAt(
          tx,
          params.id,
          found.contacts.map((contact) => contact.id),
        );
        return {
          items: found.contacts.map(({ id: contact_id, ...contact }) => ({
            ...contact,
            contact_id,
            added_at: joined.get(contact_id)?.toISOString() ?? null,
          })),
          next_cursor: found.nextCursor,
          count: found.count,
          estimated: found.estimated,
        };
      },
    }),
    route({
      method: "GET",
      path: "/contacts/:id/lists",
      permission: "contacts.view",
      summary: "The lists that a contact is on, by name",
      tag: "Lists",
      params: idParams,
      response: page(z.object({ id, name: z.string(), added_at: time })),
      async handler({ tx, caller, params }) {
        await requireVisible(tx, caller, params.id);
        const lists = await listsOfContact(tx, params.id);
        return {
          items: lists.map((list) => ({ ...list, added_at: rfc3339(list.added_at) })),
          next_cursor: null,
        };
      },
    }),
    bulkRoute(
      {
        method: "POST",
        path: "/lists/:id/members",
        permission: "lists.edit",
        summary: "Add contacts; the excluded stay out",
      },
      "list.add_members",
      { added: count, already: count, excluded: count },
    ),
    bulkRoute(
      {
        method: "DELETE",
        path: "/lists/:id/members",
        permission: "lists.edit",
        summary: "Take contacts off the list",
      },
      "list.remove_members",
      { removed: count, not_member: count },
    ),
    route({
      method: "GET",
      path: "/lists/:id/exclusions",
      permission: "contacts.view",
      summary: "Contacts that are kept out of the list",
      tag: "Lists",
      params: idParams,
      query: pageQuery,
      response: page(z.object({ ...person, excluded_by: id.nullable(), excluded_at: time })),
      async handler({ tx, caller, params, query }) {
        await requireList(tx, params.id);
        const before = query.cursor ? readIdCursor(query.cursor) : undefined;
        const rows = await pageOfExclusions(tx, caller, params.id, {
          before,
          limit: query.limit + 1,
        });
        const shown = rows.slice(0, query.limit);
        const last = shown.at(-1);
        return {
          items: shown.map((row) => ({ ...row, excluded_at: rfc3339(row.excluded_at) })),
          next_cursor: rows.length > query.limit && last ? encodeCursor([last.contact_id]) : null,
        };
      },
    }),
    bulkRoute(
      {
        method: "POST",
        path: "/lists/:id/exclusions",
        permission: "lists.exclude",
        summary: "Keep contacts out of the list for good",
      },
      "list.exclude",
      { excluded: count, already: count, removed: count },
    ),
    bulkRoute(
      {
        method: "DELETE",
        path: "/lists/:id/exclusions",
        permission: "lists.exclude",
        summary: "Lift exclusions; nobody is put back by it",
      },
      "list.lift_exclusions",
      { lifted: count, not_excluded: count },
    ),
  ];
}

import { z } from "zod";
import {
  id,
  idParams,
  page,
  pageQuery,
  type Route,
  route,
  streamingRoute,
} from "../../kernel/http/index.ts";
import { actorOf } from "../ledger/index.ts";
import { createContact } from "./create-contact.ts";
import { editContact } from "./edit-contact.ts";
import { exportContacts } from "./export-contacts.ts";
import { type ContactFilter, filterSchema, selectionSchema } from "./finding/filter.ts";
import { listContacts } from "./finding/list-contacts.ts";
import { sorts } from "./finding/rules.ts";
import { type ContactParts, presentContact, presentContacts } from "./present.ts";
import { contactChangesSchema, contactSchema, newContactSchema } from "./schemas.ts";
import { requireVisible } from "./visibility.ts";

const boolean = z.enum(["true", "false"]).transform((value) => value === "true");

/** A filter as a JSON text in the query, for conditions that have no parameter of their own. */
const filterText = z
  .string()
  .max(4000)
  .transform((text, check) => {
    try {
      const parsed = filterSchema.safeParse(JSON.parse(text));
      if (parsed.success) return parsed.data;
      for (const issue of parsed.error.issues) {
        check.addIssue({ code: "custom", message: issue.message, path: issue.path });
      }
    } catch {
      check.addIssue({ code: "custom", message: "is no JSON" });
    }
    return z.NEVER;
  });

const filterQuery = z.object({
  ...filterSchema.omit({ attributes: true, has_email: true }).shape,
  has_email: boolean.optional(),
  filter: filterText
    .optional()
    .describe('The same conditions and `attributes` as JSON, e.g. {"attributes":{"country":"BE"}}'),
});

function filterOf(query: z.output<typeof filterQuery>): ContactFilter {
  const { filter, q, owner_id, company, has_email, created_after, created_before, list_id } = query;
  const given = { q, owner_id, company, has_email, created_after, created_before, list_id };
  const named = Object.entries(given).filter(([, value]) => value !== undefined);
  return { ...filter, ...Object.fromEntries(named) };
}

export function contactRoutes(parts: ContactParts): Route[] {
  return [
    route({
      method: "GET",
      path: "/contacts",
      permission: "contacts.view",
      summary: "Find contacts: search, filter, sort",
      tag: "Contacts",
      query: pageQuery.extend({ ...filterQuery.shape, sort: z.enum(sorts).default("-created_at") }),
      response: page(contactSchema),
      async handler({ tx, caller, query }) {
        const found = await listContacts(tx, { ...query, viewer: caller, filter: filterOf(query) });
        return {
          items: await presentContacts(tx, parts, found.contacts),
          next_cursor: found.nextCursor,
          count: found.count,
          estimated: found.estimated,
        };
      },
    }),
    route({
      method: "POST",
      path: "/contacts",
      permission: "contacts.edit",
      summary: "Add a contact; a stopped address is accepted and its status says so",
      tag: "Contacts",
      body: newContactSchema,
      response: contactSchema,
      status: 201,
      async handler({ tx, caller, body }) {
        const contact = await createContact(tx, {
          contact: body,
          viewer: caller,
          actor: actorOf(caller),
          defaultCountry: (await parts.defaultCountry?.(tx)) ?? undefined,
        });
        return presentContact(tx, parts, contact);
      },
    }),
    streamingRoute({
      method: "GET",
      path: "/contacts/export",
      permission: "contacts.export",
      summary: "The contacts that a filter finds, as CSV",
      tag: "Contacts",
      query: filterQuery,
      produces: "text/csv; charset=utf-8",
      async stream({ db, caller, query, reply }) {
        reply.header("content-disposition", 'attachment; filename="contacts.csv"');
        reply.type("text/csv; charset=utf-8");
        return reply.send(
          await exportContacts(db, {
            workspaceId: caller.workspaceId,
            caller,
            selection: { filter: filterOf(query) },
          }),
        );
      },
    }),
    streamingRoute({
      method: "POST",
      path: "/contacts/export",
      permission: "contacts.export",
      summary: "The contacts of a selection, as CSV",
      tag: "Contacts",
      body: z.object({ selection: selectionSchema }),
      produces: "text/csv; charset=utf-8",
      async stream({ db, caller, body, reply }) {
        reply.header("content-disposition", 'attachment; filename="contacts.csv"');
        reply.type("text/csv; charset=utf-8");
        return reply.send(
          await exportContacts(db, {
            workspaceId: caller.workspaceId,
            caller,
            selection: body.selection,
          }),
        );
      },
    }),
    route({
      method: "GET",
      path: "/contacts/:id",
      permission: "contacts.view",
      summary: "One contact",
      tag: "Contacts",
      params: idParams,
      response: contactSchema,
      handler: async ({ tx, caller, params }) =>
        presentContact(tx, parts, await requireVisible(tx, caller, params.id)),
    }),
    route({
      method: "PATCH",
      path: "/contacts/:id",
      permission: "contacts.edit",
      summary: "Change what is named; an attribute of null is taken away",
      tag: "Contacts",
      params: z.object({ id }),
      body: contactChangesSchema,
      response: contactSchema,
      async handler({ tx, caller, params, body }) {
        const contact = await editContact(tx, {
          contactId: params.id,
          changes: body,
          viewer: caller,
          actor: actorOf(caller),
          defaultCountry: (await parts.defaultCountry?.(tx)) ?? undefined,
          afterAddressChange: parts.afterAddressChange,
        });
        return presentContact(tx, parts, contact);
      },
    }),
  ];
}

import { z } from "zod";
import {
  id,
  idParams,
  type Route,
  rfc3339,
  route,
  streamingRoute,
  time,
} from "../../../kernel/http/index.ts";
import { actorOf } from "../../ledger/index.ts";
import { type ContactParts, presentContact } from "../present.ts";
import { contactSchema } from "../schemas.ts";
import { mergeContacts } from "./merge-contacts.ts";
import { previewMerge } from "./preview-merge.ts";
import { unmergeContacts } from "./unmerge-contacts.ts";

const effects = z.record(z.string(), z.number().int());
const mergedSchema = z.object({
  contact: contactSchema,
  filled: z.array(z.string()).describe("Fields that were empty and took the other's value"),
  effects: effects.describe("What comes along, by name, and stops_carried"),
  until: time.describe("Until then it can be taken apart again"),
});
const withBody = z.object({ with: id.describe("The contact that goes into this one") });

export function mergeRoutes(parts: ContactParts): Route[] {
  const { afterAddressChange } = parts;
  return [
    streamingRoute({
      method: "POST",
      path: "/contacts/:id/merge-preview",
      permission: "contacts.edit",
      summary: "What merging another contact into this one would do; changes nothing",
      tag: "Contacts",
      params: idParams,
      body: withBody,
      response: mergedSchema,
      stream: ({ db, caller, params, body }) =>
        previewMerge(db, caller, parts, { winnerId: params.id, loserId: body.with }),
    }),
    route({
      method: "POST",
      path: "/contacts/:id/merge",
      permission: "contacts.edit",
      summary: "Merge another contact into this one; every stop of either holds",
      tag: "Contacts",
      params: idParams,
      body: withBody,
      response: mergedSchema,
      async handler({ tx, caller, params, body }) {
        const merged = await mergeContacts(tx, {
          winnerId: params.id,
          loserId: body.with,
          viewer: caller,
          actor: actorOf(caller),
          afterAddressChange,
        });
        return {
          contact: await presentContact(tx, parts, merged.contact),
          filled: merged.filled,
          effects: merged.effects,
          until: rfc3339(merged.until),
        };
      },
    }),
    route({
      method: "POST",
      path: "/contacts/:id/unmerge",
      permission: "contacts.edit",
      summary: "Take the last merge into this contact apart; no stop ends by it",
      tag: "Contacts",
      params: idParams,
      body: z.object({ with: id.nullish().describe("Which one, where several went into it") }),
      response: z.object({ contact: contactSchema, restored: contactSchema, effects }),
      async handler({ tx, caller, params, body }) {
        const { winner, loser, effects } = await unmergeContacts(tx, {
          winnerId: params.id,
          loserId: body.with ?? null,
          viewer: caller,
          actor: actorOf(caller),
          afterAddressChange,
        });
        return {
          contact: await presentContact(tx, parts, winner),
          restored: await presentContact(tx, parts, loser),
          effects,
        };
      },
    }),
  ];
}

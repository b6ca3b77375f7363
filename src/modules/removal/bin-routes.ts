import { z } from "zod";
import { HeedError } from "../../kernel/errors.ts";
import {
  decodeCursor,
  encodeCursor,
  id,
  jobStarted,
  page,
  pageQuery,
  type Route,
  rfc3339,
  rfc3339OrNull,
  route,
  streamingRoute,
  time,
} from "../../kernel/http/index.ts";
import { searchPatterns } from "../contacts/index.ts";
import { actorOf } from "../ledger/index.ts";
import { countBin, pageOfBin } from "./bin-queries.ts";
import { performerOf } from "./performer.ts";
import { purgeEarly } from "./purge-bin.ts";
import type { RemovalParts } from "./restore-batch.ts";
import { startRestoration } from "./restore-deletion.ts";
import { restoreOne } from "./restore-one.ts";
import { onConflict, outcomeSchema, person } from "./schemas.ts";

const tag = "Bin";
const ids = z.array(id).min(1).max(50_000);

/** What is in the bin, and what can be done about it. */
export function binRoutes(parts: RemovalParts): Route[] {
  return [
    route({
      method: "GET",
      path: "/bin",
      permission: "contacts.restore",
      summary: "Deleted contacts that can still be restored, the latest deletion first",
      tag,
      query: pageQuery.extend({
        q: z
          .string()
          .max(200)
          .refine((value) => !value.includes("\0"), "holds a NUL character")
          .optional(),
        deletion_id: id.optional(),
      }),
      response: page(
        z.object({
          contact_id: id,
          ...person,
          deletion_id: id,
          deleted_at: time,
          deleted_by: id.nullable(),
          restorable_until: time.nullable(),
        }),
      ),
      async handler({ tx, caller, query }) {
        const search = { deletionId: query.deletion_id, patterns: searchPatterns(query.q ?? "") };
        const after = query.cursor ? placeOf(query.cursor) : undefined;
        const rows = await pageOfBin(tx, caller, { ...search, after, limit: query.limit + 1 });
        const shown = rows.slice(0, query.limit);
        const last = shown.at(-1);
        return {
          items: shown.map(({ id: contact_id, ...row }) => ({
            ...row,
            contact_id,
            deleted_at: rfc3339(row.deleted_at),
            restorable_until: rfc3339OrNull(row.restorable_until),
          })),
          next_cursor:
            rows.length > query.limit && last ? encodeCursor([last.deletion_id, last.id]) : null,
          ...(query.count ? { count: await countBin(tx, caller, search) } : {}),
        };
      },
    }),
    streamingRoute({
      method: "POST",
      path: "/bin/:contact_id/restoration",
      permission: "contacts.restore",
      summary: "Bring one contact back with everything that hangs on it",
      tag,
      params: z.object({ contact_id: id }),
      body: z.object({ on_conflict: onConflict }).default({ on_conflict: "refuse" }),
      response: outcomeSchema,
      stream: ({ db, caller, params, body }) =>
        restoreOne(db, parts, {
          workspaceId: caller.workspaceId,
          contactId: params.contact_id.toLowerCase(),
          onConflict: body.on_conflict,
          by: performerOf(caller),
          now: new Date(),
        }),
    }),
    route({
      method: "POST",
      path: "/bin/restoration",
      permission: "contacts.restore",
      summary: "Bring chosen contacts back, as a job with a result for each",
      tag,
      body: z.object({ selection: z.object({ ids }), on_conflict: onConflict }),
      response: jobStarted,
      status: 202,
      handler: async ({ tx, caller, body }) => ({
        job_id: await startRestoration(tx, {
          deletionId: null,
          contactIds: body.selection.ids,
          onConflict: body.on_conflict,
          by: performerOf(caller),
          actor: actorOf(caller),
          now: new Date(),
        }),
      }),
    }),
    route({
      method: "POST",
      path: "/bin/purge",
      permission: "contacts.erase",
      summary: "Purge contacts of the bin before their time, for good",
      tag,
      body: z.union([
        z.strictObject({ selection: z.strictObject({ ids }), confirm: z.string().max(40) }),
        z.strictObject({ deletion_id: id, confirm: z.string().max(40) }),
      ]),
      response: jobStarted,
      status: 202,
      handler: async ({ tx, caller, body }) => ({
        job_id: await purgeEarly(tx, {
          deletionId: "deletion_id" in body ? body.deletion_id : null,
          contactIds: "selection" in body ? body.selection.ids : null,
          confirm: body.confirm,
          viewer: caller,
          by: performerOf(caller),
          actor: actorOf(caller),
        }),
      }),
    }),
  ];
}

function placeOf(cursor: string): { deletionId: string; id: string } {
  const place = z.tuple([z.uuid(), z.uuid()]).safeParse(decodeCursor(cursor, 2));
  if (!place.success) {
    throw new HeedError(
      "bad_cursor",
      "This cursor was not made by this list. Leave it out to begin at the first page.",
    );
  }
  return { deletionId: place.data[0], id: place.data[1] };
}

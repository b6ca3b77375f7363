import { z } from "zod";
import {
  decodeIdCursor,
  encodeCursor,
  id,
  page,
  pageQuery,
  type Route,
  rfc3339,
  route,
  streamingRoute,
  time,
} from "../../kernel/http/index.ts";
import { listEntries } from "./queries.ts";
import { verifyLedger } from "./verify.ts";

const entrySchema = z.object({
  id,
  at: time,
  act: z.string(),
  actor: z.object({ type: z.string(), id: id.nullable() }),
  contact_id: id.nullable(),
  subject_id: id.nullable(),
  detail: z.record(z.string(), z.unknown()),
  block_number: z.number().int().nullable(),
});

export const ledgerRoutes: Route[] = [
  route({
    method: "GET",
    path: "/ledger",
    permission: "ledger.view",
    summary: "Every recorded act, newest first",
    tag: "Ledger",
    query: pageQuery.extend({ contact_id: id.optional(), act: z.string().max(100).optional() }),
    response: page(entrySchema),
    async handler({ tx, query }) {
      const entries = await listEntries(tx, {
        limit: query.limit + 1,
        ...(query.contact_id ? { contactId: query.contact_id } : {}),
        ...(query.act ? { act: query.act } : {}),
        ...(query.cursor ? { before: decodeIdCursor(query.cursor) } : {}),
      });
      const shown = entries.slice(0, query.limit);
      const last = shown.at(-1);
      return {
        items: shown.map((entry) => ({
          id: entry.id,
          at: rfc3339(entry.at),
          act: entry.act,
          actor: { type: entry.actor_type, id: entry.actor_id },
          contact_id: entry.contact_id,
          subject_id: entry.subject_id,
          detail: entry.detail,
          block_number: entry.block_number,
        })),
        next_cursor: entries.length > query.limit && last ? encodeCursor([last.id]) : null,
      };
    },
  }),
  streamingRoute({
    method: "GET",
    path: "/ledger/verification",
    permission: "ledger.view",
    summary: "Recompute the whole chain and compare it with its anchor",
    tag: "Ledger",
    response: z.object({
      valid: z.boolean(),
      blocks: z.number().int(),
      entries: z.number().int(),
      problems: z.array(z.object({ block: z.number().int(), problem: z.string() })),
    }),
    stream: ({ db, caller }) => verifyLedger(db, caller.workspaceId),
  }),
];

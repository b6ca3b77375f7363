import { z } from "zod";
import {
  decodeIdCursor,
  encodeCursor,
  idParams,
  jobStarted,
  page,
  pageQuery,
  type Route,
  rfc3339OrNull,
  route,
} from "../../kernel/http/index.ts";
import { refusal } from "../access/index.ts";
import { selectionSchema } from "../contacts/index.ts";
import { actorOf } from "../ledger/index.ts";
import { approveDeletion, confirmDeletion, withdrawDeletion } from "./confirm-deletion.ts";
import { pageOfDeletions } from "./deletion-queries.ts";
import { performerOf } from "./performer.ts";
import { previewDeletion, requireMode } from "./preview-deletion.ts";
import { previewRestoration } from "./preview-restoration.ts";
import { requireRestorable, startRestoration } from "./restore-deletion.ts";
import {
  confirmedSchema,
  confirmSchema,
  deletionSchema,
  onConflict,
  presentDeletion,
  presentPreview,
  previewSchema,
  restorationPreviewSchema,
} from "./schemas.ts";
import { viewDeletion } from "./view-deletions.ts";

const tag = "Deletions";

/** Delete contacts: preview, confirm, approve, restore. */
export const deletionRoutes: Route[] = [
  route({
    method: "POST",
    path: "/deletions/preview",
    permission: "contacts.delete",
    summary: "What a deletion would do; freezes the set for 15 minutes and deletes nothing",
    tag,
    body: z.object({
      selection: selectionSchema,
      mode: z.enum(["bin", "erase"]).default("bin"),
      also: z.enum(["list"]).optional().describe("The selected list goes as well"),
    }),
    response: previewSchema,
    async handler({ tx, db, caller, body }) {
      await requireMode(caller, body.mode, (permission) => refusal(db)(caller, permission));
      const preview = await previewDeletion(tx, {
        ...body,
        viewer: caller,
        by: performerOf(caller),
        now: new Date(),
      });
      return presentPreview(preview);
    },
  }),
  route({
    method: "POST",
    path: "/deletions",
    permission: "contacts.delete",
    summary: "Confirm a previewed deletion by its word or number",
    description:
      "A wrong word or number, a preview that is too old or another's, and a selection that changed since are refused with 409, and nothing is done.",
    tag,
    body: confirmSchema,
    response: confirmedSchema,
    status: 202,
    handler: ({ tx, caller, body }) =>
      confirmDeletion(tx, {
        ...body,
        viewer: caller,
        by: performerOf(caller),
        actor: actorOf(caller),
        now: new Date(),
      }),
  }),
  route({
    method: "GET",
    path: "/deletions",
    permission: "contacts.restore",
    summary: "What was deleted, by whom, and until when it can be restored; newest first",
    tag,
    query: pageQuery,
    response: page(deletionSchema),
    async handler({ tx, query }) {
      const before = query.cursor ? decodeIdCursor(query.cursor) : undefined;
      const rows = await pageOfDeletions(tx, {
        limit: query.limit + 1,
        ...(before ? { before } : {}),
      });
      const shown = rows.slice(0, query.limit);
      const last = shown.at(-1);
      return {
        items: shown.map((row) => presentDeletion(row, new Date())),
        next_cursor: rows.length > query.limit && last ? encodeCursor([last.id]) : null,
      };
    },
  }),
  route({
    method: "GET",
    path: "/deletions/:id",
    permission: "contacts.restore",
    summary: "One deletion and how far it is",
    tag,
    params: idParams,
    response: deletionSchema,
    handler: async ({ tx, params }) =>
      presentDeletion(await viewDeletion(tx, params.id), new Date()),
  }),
  route({
    method: "POST",
    path: "/deletions/:id/approval",
    permission: "contacts.delete",
    summary: "Approve somebody else's large deletion",
    tag,
    params: idParams,
    response: confirmedSchema,
    status: 202,
    async handler({ tx, db, caller, params }) {
      const { mode } = await viewDeletion(tx, params.id);
      await requireMode(caller, mode, (permission) => refusal(db)(caller, permission));
      return approveDeletion(tx, {
        deletionId: params.id,
        userId: caller.userId,
        actor: actorOf(caller),
        now: new Date(),
      });
    },
  }),
  route({
    method: "DELETE",
    path: "/deletions/:id/approval",
    permission: "contacts.delete",
    summary: "Withdraw a deletion that waits for approval",
    tag,
    params: idParams,
    async handler({ tx, caller, params }) {
      await withdrawDeletion(tx, {
        deletionId: params.id,
        actor: actorOf(caller),
        now: new Date(),
      });
    },
  }),
  route({
    method: "GET",
    path: "/deletions/:id/restoration-preview",
    permission: "contacts.restore",
    summary: "What would come back, what would not, and who has an address by now",
    tag,
    params: idParams,
    response: restorationPreviewSchema,
    async handler({ tx, params }) {
      const deletion = await requireRestorable(tx, params.id, new Date());
      const preview = await previewRestoration(tx, deletion);
      return { ...preview, restorable_until: rfc3339OrNull(deletion.restorable_until) };
    },
  }),
  route({
    method: "POST",
    path: "/deletions/:id/restoration",
    permission: "contacts.restore",
    summary: "Bring back everything that is still in the bin of a deletion",
    tag,
    params: idParams,
    body: z.object({ on_conflict: onConflict }).default({ on_conflict: "refuse" }),
    response: jobStarted,
    status: 202,
    handler: async ({ tx, caller, params, body }) => ({
      job_id: await startRestoration(tx, {
        deletionId: params.id,
        contactIds: null,
        onConflict: body.on_conflict,
        by: performerOf(caller),
        actor: actorOf(caller),
        now: new Date(),
      }),
    }),
  }),
];

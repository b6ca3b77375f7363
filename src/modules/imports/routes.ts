import { z } from "zod";
import {
  decodeIdCursor,
  encodeCursor,
  id,
  idParams,
  jobStarted,
  page,
  pageQuery,
  type Route,
  route,
  streamingRoute,
} from "../../kernel/http/index.ts";
import {
  columnSchema,
  importSchema,
  presentImport,
  presentUpload,
  uploadedSchema,
} from "./present.ts";
import { listImports } from "./queries.ts";
import { receiveUpload } from "./receive-upload.ts";
import { rejectedRows } from "./rejected-rows.ts";
import { modes } from "./rules.ts";
import { type Choices, startDryRun, startRun, startUndo } from "./start-work.ts";
import { uploadFile } from "./upload-file.ts";
import { viewImport } from "./view-import.ts";

/** What is left out stays as it is: at first the proposed mapping, mode update, no list. */
const choices = z
  .object({
    mapping: z.array(columnSchema).max(500).optional(),
    mode: z.enum(modes).optional(),
    list_id: id.nullish(),
    default_country: z.string().length(2).toUpperCase().nullish(),
  })
  .nullish()
  .transform((body) => body ?? {});

function choicesOf(body: z.output<typeof choices>): Partial<Choices> {
  return {
    ...(body.mapping === undefined ? {} : { mapping: body.mapping as Choices["mapping"] }),
    ...(body.mode === undefined ? {} : { mode: body.mode }),
    ...(body.list_id === undefined ? {} : { listId: body.list_id }),
    ...(body.default_country === undefined ? {} : { defaultCountry: body.default_country }),
  };
}

/** Routes of imports, whose files lie in `<dataDir>/uploads`. */
export function importRoutes(dataDir: string): Route[] {
  return [
    streamingRoute({
      method: "POST",
      path: "/imports",
      permission: "contacts.import",
      summary: "Upload a CSV file; answers what it holds and what its columns seem to mean",
      description:
        "multipart/form-data with one file, up to 2 GB, or the text itself as text/csv, up to 2 MB. Changes no contact.",
      tag: "Imports",
      consumes: ["multipart/form-data", "text/csv"],
      response: uploadedSchema,
      status: 201,
      async stream({ db, caller, request, reply }) {
        const { fileName, source } = await receiveUpload(request);
        const { found, seen } = await uploadFile(db, { dataDir, caller, fileName, source });
        reply.status(201);
        return presentUpload(found, seen);
      },
    }),
    route({
      method: "GET",
      path: "/imports",
      permission: "contacts.import",
      summary: "Imports, newest first",
      tag: "Imports",
      query: pageQuery,
      response: page(importSchema),
      async handler({ tx, caller, query }) {
        const imports = await listImports(tx, {
          limit: query.limit + 1,
          createdBy: caller.ownOnly ? caller.userId : null,
          ...(query.cursor ? { before: decodeIdCursor(query.cursor) } : {}),
        });
        const shown = imports.slice(0, query.limit);
        const last = shown.at(-1);
        return {
          items: shown.map(presentImport),
          next_cursor: imports.length > query.limit && last ? encodeCursor([last.id]) : null,
        };
      },
    }),
    route({
      method: "GET",
      path: "/imports/:id",
      permission: "contacts.import",
      summary: "One import, its dry run and its counts",
      tag: "Imports",
      params: idParams,
      response: importSchema,
      handler: async ({ tx, caller, params }) =>
        presentImport(await viewImport(tx, caller, params.id)),
    }),
    route({
      method: "POST",
      path: "/imports/:id/dry-run",
      permission: "contacts.import",
      summary: "Read the whole file and count what a run would do; changes nothing",
      tag: "Imports",
      params: idParams,
      body: choices,
      response: jobStarted,
      status: 202,
      handler: async ({ tx, caller, params, body }) => ({
        job_id: await startDryRun(tx, { importId: params.id, caller, choices: choicesOf(body) }),
      }),
    }),
    route({
      method: "POST",
      path: "/imports/:id/run",
      permission: "contacts.import",
      summary: "Import the file; again after a cancel, it goes on where it was",
      description:
        "No column and no mode lifts a stop. Columns that say unsubscribed, bounced or do-not-contact make stops.",
      tag: "Imports",
      params: idParams,
      body: choices,
      response: jobStarted,
      status: 202,
      handler: async ({ tx, caller, params, body }) => ({
        job_id: await startRun(tx, { importId: params.id, caller, choices: choicesOf(body) }),
      }),
    }),
    streamingRoute({
      method: "GET",
      path: "/imports/:id/rejected.csv",
      permission: "contacts.import",
      summary: "The rows that were not imported, with reasons, to correct and import again",
      tag: "Imports",
      params: idParams,
      produces: "text/csv",
      async stream({ db, caller, params, reply }) {
        const csv = await rejectedRows(db, caller, params.id);
        return reply
          .header("content-type", "text/csv; charset=utf-8")
          .header("content-disposition", 'attachment; filename="rejected.csv"')
          .send(csv);
      },
    }),
    route({
      method: "POST",
      path: "/imports/:id/undo",
      permission: "contacts.import",
      summary: "Take an import back; the stops that it made stay",
      description:
        "Contacts that it created are removed unless somebody used them since; those that it changed get their values back unless somebody changed them since; those that it put on a list leave it. Stops stay: only a lift ends a stop.",
      tag: "Imports",
      params: idParams,
      response: jobStarted.extend({ message: z.string() }),
      status: 202,
      handler: async ({ tx, caller, params }) => ({
        job_id: await startUndo(tx, { importId: params.id, caller }),
        message: "Every stop that this import made stays in force: only a lift ends a stop.",
      }),
    }),
  ];
}

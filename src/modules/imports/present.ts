import { z } from "zod";
import { id, rfc3339, rfc3339OrNull, time } from "../../kernel/http/index.ts";
import type { inspectFile } from "./import-file.ts";
import { type Import, states } from "./queries.ts";
import { modes, noCounts } from "./rules.ts";

export const columnSchema = z.object({
  column: z.string().max(10_000),
  field: z
    .string()
    .max(100)
    .nullable()
    .describe(
      "email, phone, first_name, last_name, full_name, company, job_title, owner_email, tags, attribute:<key>, a stop column, or null to leave it out",
    ),
});

const numbers = z.record(z.string(), z.number().int());

export const countsSchema = z.object({
  read: z.number().int().describe("created + updated + unchanged + stopped + rejected"),
  created: z.number().int(),
  updated: z.number().int(),
  unchanged: z.number().int(),
  stopped: z
    .number()
    .int()
    .describe("rows whose contact a stop covers; created or updated all the same"),
  rejected: z.number().int(),
  stopped_created: z.number().int(),
  stopped_updated: z.number().int(),
  stopped_unchanged: z.number().int(),
  added_to_list: z.number().int(),
  excluded_from_list: z.number().int(),
  rejected_because: numbers,
  stops_made: numbers,
});

export const importSchema = z.object({
  id,
  file_name: z.string(),
  bytes: z.number().int(),
  encoding: z.string(),
  delimiter: z.string(),
  state: z.enum(states),
  header: z.array(z.string()),
  mapping: z.array(columnSchema),
  mode: z.enum(modes),
  list_id: id.nullable(),
  default_country: z.string().nullable(),
  dry_run: z.object({ counts: countsSchema, newly_stopped: z.number().int() }).nullable(),
  counts: countsSchema,
  rows_applied: z.number().int(),
  undo: numbers
    .nullable()
    .describe(
      "removed, restored, taken_off_list, and kept.<reason>; every stop that the import made stays",
    ),
  job_id: id.nullable(),
  created_at: time,
  finished_at: time.nullable(),
});

export const uploadedSchema = importSchema.extend({
  sample: z.array(z.array(z.string())),
  proposed_mapping: z.array(columnSchema.extend({ confidence: z.number() })),
});

export function presentImport(found: Import): z.input<typeof importSchema> {
  return {
    id: found.id,
    file_name: found.file_name,
    bytes: found.bytes,
    encoding: found.encoding,
    delimiter: found.delimiter,
    state: found.state,
    header: found.header,
    mapping: found.mapping,
    mode: found.mode,
    list_id: found.list_id,
    default_country: found.default_country,
    dry_run: found.dry_run as z.input<typeof importSchema>["dry_run"],
    counts: { ...noCounts, ...found.counts },
    rows_applied: found.checkpoint.row ?? 0,
    undo: found.undo_counts,
    job_id: found.job_id,
    created_at: rfc3339(found.created_at),
    finished_at: rfc3339OrNull(found.finished_at),
  };
}

export function presentUpload(
  found: Import,
  seen: Awaited<ReturnType<typeof inspectFile>>,
): z.input<typeof uploadedSchema> {
  return {
    ...presentImport(found),
    sample: seen.sample.map((row) => row.map((cell) => cell.slice(0, 500))),
    proposed_mapping: seen.proposed.map((column) => ({ ...column })),
  };
}

import { z } from "zod";
import { id, rfc3339, rfc3339OrNull, time } from "../../kernel/http/index.ts";
import type { ListedDeletion } from "./deletion-queries.ts";
import type { Preview } from "./preview-deletion.ts";
import { stillRestorable } from "./rules.ts";

const count = z.number().int();
const counts = z.record(z.string(), count);

export const person = {
  first_name: z.string(),
  last_name: z.string(),
  company: z.string(),
  email: z.string().nullable(),
  phone: z.string().nullable(),
};

export const previewSchema = z.object({
  token: z.string().describe("Confirms exactly this set, once"),
  deletion_id: id,
  mode: z.enum(["bin", "erase", "clear"]),
  digest: z.string().describe("SHA-256 over the frozen ids in order, joined by commas"),
  count: count.describe("How many go"),
  confirm: z.string().describe("What must be typed: DELETE, or the number"),
  linked: counts.describe("Rows that hang on them, by kind"),
  opportunities_that_go: count,
  follow_ups_that_end: count,
  stops_kept: count,
  written_to: count.describe("Ever written to: those whose addresses suppress concerns"),
  blocked: z.array(z.object({ contact_id: id, code: z.string() })).describe("The first 100"),
  blocked_counts: z.array(z.object({ code: z.string(), count, way_out: z.string() })),
  exclusions: count.nullable(),
  restorable_until: time.nullable(),
  approval_needed: z.boolean(),
  people: z.array(z.object({ id, ...person })).describe("The first ten"),
  expires_at: time,
});

export function presentPreview(preview: Preview): z.input<typeof previewSchema> {
  return {
    ...preview,
    restorable_until: rfc3339OrNull(preview.restorable_until),
    expires_at: rfc3339(preview.expires_at),
  };
}

export const confirmSchema = z.object({
  token: z.string().max(200),
  confirm: z.string().max(40).describe("DELETE up to 10 contacts, else their number"),
  suppress: z
    .boolean()
    .default(true)
    .describe("Also suppress the addresses of contacts ever written to"),
});

export const confirmedSchema = z.object({
  deletion_id: id,
  job_id: id.nullable().describe("Null while it waits for approval"),
  state: z.string(),
});

export const onConflict = z
  .enum(["refuse", "merge"])
  .default("refuse")
  .describe("What to do with a contact whose address another one has by now");

export const deletionSchema = z.object({
  id,
  mode: z.enum(["bin", "erase", "clear"]),
  state: z.string(),
  count,
  digest: z.string(),
  removed: count,
  skipped: count,
  in_bin: count,
  blocked: counts,
  suppress: z.boolean(),
  list_id: id.nullable(),
  also_list: z.boolean(),
  keep_exclusions: z.boolean(),
  erasure_request_id: id.nullable(),
  requested_by: id.nullable(),
  approved_by: id.nullable(),
  confirmed_at: time.nullable(),
  expires_at: time.nullable().describe("Until when it can be approved"),
  finished_at: time.nullable(),
  restorable_until: time.nullable(),
  restorable: z.boolean(),
  purged_at: time.nullable(),
  job_id: id.nullable(),
  purge_job_id: id.nullable(),
});

export function presentDeletion(row: ListedDeletion, now: Date): z.input<typeof deletionSchema> {
  return {
    id: row.id,
    mode: row.mode,
    state: row.state,
    count: row.count,
    digest: row.digest,
    removed: row.removed,
    skipped: row.skipped,
    in_bin: row.in_bin,
    blocked: row.blocked,
    suppress: row.suppress,
    list_id: row.list_id,
    also_list: row.also_list,
    keep_exclusions: row.keep_exclusions,
    erasure_request_id: row.request_id,
    requested_by: row.requested_by,
    approved_by: row.approved_by,
    confirmed_at: rfc3339OrNull(row.confirmed_at),
    expires_at: row.state === "awaiting_approval" ? rfc3339(row.expires_at) : null,
    finished_at: rfc3339OrNull(row.finished_at),
    restorable_until: rfc3339OrNull(row.restorable_until),
    restorable:
      stillRestorable(row.restorable_until, now) &&
      ["done", "halted", "cancelled"].includes(row.state) &&
      (row.in_bin > 0 || row.mode === "clear"),
    purged_at: rfc3339OrNull(row.purged_at),
    job_id: row.job_id,
    purge_job_id: row.purge_job_id,
  };
}

export const restorationPreviewSchema = z.object({
  comes_back: z.object({ contacts: count, linked: counts }),
  stays_away: z.object({ address_taken: count, not_in_bin: count }),
  stops_since: count,
  conflicts: z.array(z.object({ contact_id: id, other_contact_id: id })),
  restorable_until: time.nullable(),
});

export const outcomeSchema = z.object({
  contact_id: id,
  outcome: z.enum(["restored", "merged", "address_taken", "not_in_bin", "window_ended"]),
  other_contact_id: id.nullable(),
});

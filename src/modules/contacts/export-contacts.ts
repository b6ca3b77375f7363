import { pipeline, Readable } from "node:stream";
import { stringify } from "csv-stringify";
import type { Database, Tx } from "../../kernel/database/index.ts";
import type { Caller } from "../../kernel/http/index.ts";
import { record } from "../ledger/index.ts";
import { holderOf } from "./bulk/holder.ts";
import { type Search, type Selection, searchOfSelection } from "./finding/filter.ts";
import { pageByWalking, pageOfContacts } from "./finding/queries.ts";
import { createdAt } from "./rules.ts";

const rowsPerBatch = 1_000;

/**
 * The contacts of a selection that the caller (null: the operator) sees, as a CSV stream: a short transaction a
 * batch, so that a slow reader holds nothing open. Cells that a spreadsheet would run as a
 * formula are escaped. Recorded before the first row leaves.
 */
export async function exportContacts(
  db: Database,
  act: { workspaceId: string; caller: Caller | null; selection: Selection },
): Promise<Readable> {
  const { viewer, actor } = holderOf(act.caller);
  const { selection } = act;
  const conditions = Object.keys("filter" in selection ? selection.filter : selection);
  await db.inWorkspace(act.workspaceId, (tx) =>
    record(tx, {
      act: "contacts.exported",
      actor,
      detail: { conditions },
    }),
  );
  const csv = stringify({ header: true, columns, escape_formulas: true });
  // A reader who leaves destroys the stream, and with it the generator; nobody is left to tell.
  return pipeline(
    Readable.from(rowsOf(db, act.workspaceId, searchOfSelection(selection, viewer))),
    csv,
    () => {},
  );
}

const columns = [
  "id",
  "first_name",
  "last_name",
  "company",
  "job_title",
  "email",
  "phone",
  "locale",
  "owner_id",
  "attributes",
  "created_at",
];

async function* rowsOf(db: Database, workspaceId: string, search: Search) {
  let after: { id: string; value: null } | null = null;
  for (;;) {
    const batch = await db.inWorkspace(workspaceId, (tx) => nextBatch(tx, search, after));
    for (const contact of batch) {
      yield {
        ...contact,
        attributes:
          Object.keys(contact.attributes).length > 0 ? JSON.stringify(contact.attributes) : "",
        created_at: createdAt(contact.id).toISOString(),
      };
    }
    const last = batch.at(-1);
    if (!last || batch.length < rowsPerBatch) return;
    after = { id: last.id, value: null };
  }
}

function nextBatch(tx: Tx, search: Search, after: { id: string; value: null } | null) {
  const page = { column: "created_at" as const, descending: false, after, limit: rowsPerBatch };
  return search.patterns.length > 0
    ? pageByWalking(tx, search, page, null)
    : pageOfContacts(tx, search, page);
}

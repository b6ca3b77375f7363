import type { Readable } from "node:stream";
import type { Database } from "../../kernel/database/index.ts";
import type { Caller } from "../../kernel/http/index.ts";
import { type RejectedRow, rejectedCsv } from "./csv/rejected-csv.ts";
import { rejectionsAfter } from "./queries.ts";
import { viewImport } from "./view-import.ts";

const rowsPerBatch = 1_000;

/** The rejected rows of an import as a CSV stream, a short transaction a batch. */
export async function rejectedRows(
  db: Database,
  caller: Caller,
  importId: string,
): Promise<Readable> {
  const found = await db.inWorkspace(caller.workspaceId, (tx) => viewImport(tx, caller, importId));
  async function* rows(): AsyncGenerator<RejectedRow> {
    for (let after = 0; ; ) {
      const batch = await db.inWorkspace(caller.workspaceId, (tx) =>
        rejectionsAfter(tx, importId, after, rowsPerBatch),
      );
      for (const row of batch) {
        yield {
          rowNumber: row.row_number,
          lineNumber: row.line_number,
          reason: row.message,
          values: row.raw,
        };
      }
      const last = batch.at(-1);
      if (!last || batch.length < rowsPerBatch) return;
      after = last.row_number;
    }
  }
  return rejectedCsv(found.header, rows());
}

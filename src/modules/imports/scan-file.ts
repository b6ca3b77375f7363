import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { HeedError } from "../../kernel/errors.ts";
import { type CsvFile, openCsv } from "./csv/read-csv.ts";
import type { Import } from "./queries.ts";

type Dialect = Pick<Import, "encoding" | "delimiter">;

/** Opens a file of an import with the dialect that its upload was shown with. */
export async function openFile(path: string, dialect: Partial<Dialect> = {}): Promise<CsvFile> {
  if (!(await stat(path).catch(() => null))?.isFile()) {
    throw new HeedError("import_file_gone", "The file of this import is gone. Upload it again.");
  }
  return openCsv(createReadStream(path, { highWaterMark: 1 << 18 }), dialect);
}

/**
 * Reads a file to its end, so that what makes it unreadable is found before anything is applied.
 * Answers how many rows it has.
 */
export async function scanFile(
  path: string,
  dialect: Partial<Dialect>,
  signal?: AbortSignal,
): Promise<number> {
  const file = await openFile(path, dialect);
  let rows = 0;
  for await (const batch of file.batches) {
    signal?.throwIfAborted();
    rows += batch.records.length + batch.rejections.length;
  }
  return rows;
}

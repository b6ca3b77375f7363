import type { KeySecret } from "../../contacts/index.ts";
import type { CsvDelimiter } from "../csv/detect-dialect.ts";
import type { CsvEncoding } from "../csv/encoding.ts";
import type { ColumnMapping } from "../csv/mapping.ts";
import { openFile, scanFile } from "../scan-file.ts";
import { planOf } from "./plan.ts";
import { readBatches } from "./read-batches.ts";
import { type Batch, RowReader } from "./read-row.ts";

/** A file to be read into batches, as plain values that another thread can be given. */
export interface Reading {
  path: string;
  encoding: CsvEncoding;
  delimiter: CsvDelimiter;
  mapping: readonly ColumnMapping[];
  defaultCountry: string | undefined;
  owners: ReadonlyMap<string, string>;
  ownerId: string | null;
  /** Rows a batch. */
  size: number;
  /** The last row that an earlier run applied. */
  after: number;
}

export interface BatchSource {
  /** Rows in the file. */
  total: number;
  batches: AsyncIterable<Batch>;
  close(): Promise<void>;
}

/**
 * Reads the file to its end, so that one that cannot be read changes nothing, and then again in
 * batches. Throws what `openCsv` and `openFile` throw.
 */
export async function openBatches(
  reading: Reading,
  secrets: KeySecret,
  signal?: AbortSignal,
): Promise<BatchSource> {
  const total = await scanFile(reading.path, reading, signal);
  const file = await openFile(reading.path, reading);
  try {
    const reader = new RowReader({
      plan: planOf(file.header, reading.mapping),
      secrets,
      defaultCountry: reading.defaultCountry,
      owners: reading.owners,
      ownerId: reading.ownerId,
      expectedRows: total,
    });
    return { total, batches: readBatches(file, reader, reading), close: () => file.close() };
  } catch (error) {
    await file.close();
    throw error;
  }
}

import type { CsvFile } from "../csv/read-csv.ts";
import type { Batch, RowReader } from "./read-row.ts";

const linesPerPiece = 1_000;

/**
 * Rows of a file in batches of `size`, ready to be applied. Rows up to `after` were applied by an
 * earlier run: their addresses are remembered and they are left out.
 */
export async function* readBatches(
  file: CsvFile,
  reader: RowReader,
  options: { size: number; after: number },
): AsyncGenerator<Batch, void, undefined> {
  let batch = emptyBatch(options.after);
  let lines: string[] = [];
  const flush = () => {
    if (lines.length > 0) batch.text.push(Buffer.from(lines.join("")));
    lines = [];
  };
  for await (const piece of file.batches) {
    batch.bytesRead = piece.bytesRead;
    for (const row of inOrder(piece.records, piece.rejections)) {
      if (row.rowNumber <= options.after) {
        if (!("reason" in row)) reader.skip(row);
        continue;
      }
      if ("reason" in row) reader.reject(row, batch);
      else {
        const line = reader.read(row, batch);
        if (line !== null && lines.push(line) >= linesPerPiece) flush();
      }
      batch.lastRow = row.rowNumber;
      if (++batch.rows >= options.size) {
        flush();
        yield batch;
        batch = emptyBatch(batch.lastRow);
        batch.bytesRead = piece.bytesRead;
      }
    }
  }
  flush();
  if (batch.rows > 0) yield batch;
}

function emptyBatch(after: number): Batch {
  return {
    firstRow: after + 1,
    lastRow: after,
    rows: 0,
    text: [],
    contactIds: new Map(),
    cells: new Map(),
    rejections: [],
    stops: [],
    bytesRead: 0,
  };
}

/** Both in the order of the file. */
function* inOrder<A extends { rowNumber: number }, B extends { rowNumber: number }>(
  a: readonly A[],
  b: readonly B[],
): Generator<A | B> {
  if (b.length === 0) return yield* a;
  let j = 0;
  for (const row of a) {
    while (j < b.length && (b[j] as B).rowNumber < row.rowNumber) yield b[j++] as B;
    yield row;
  }
  while (j < b.length) yield b[j++] as B;
}

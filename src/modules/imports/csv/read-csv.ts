import type { Readable } from "node:stream";
import { HeedError } from "../../../kernel/errors.ts";
import {
  type CsvDelimiter,
  csvDelimiters,
  detectDelimiter,
  detectLineEnd,
} from "./detect-dialect.ts";
import { CsvDecoder, type CsvEncoding, detectEncoding, refuseBinary } from "./encoding.ts";
import { readHeader } from "./header.ts";
import { RowSplitter, type SplitRow } from "./split-rows.ts";

export interface CsvOptions {
  /** found out from the first bytes unless given */
  readonly encoding?: CsvEncoding;
  /** found out from the first rows unless given */
  readonly delimiter?: CsvDelimiter;
  /** rows a batch, 1,000 unless given */
  readonly batchSize?: number;
  /** 500 unless given */
  readonly maxColumns?: number;
  /** letters in one row, 1,048,576 unless given; bounds the memory that reading takes */
  readonly maxRowLength?: number;
}

/** A row with as many cells as the header. Its strings are slices of the file: copy what is kept. */
export interface CsvRecord {
  /** 1 for the first row after the header; empty rows do not count */
  readonly rowNumber: number;
  /** line of the file on which the row begins, 1 for the first */
  readonly lineNumber: number;
  readonly values: string[];
}

/** A row that cannot be read, with why; the file goes on. */
export interface CsvRejection {
  readonly rowNumber: number;
  readonly lineNumber: number;
  readonly code: "csv_column_count" | "csv_nul_byte" | "csv_stray_quote";
  readonly reason: string;
  /** the cells as far as they can be told apart */
  readonly values: string[];
  readonly raw: string;
}

export interface CsvBatch {
  readonly header: readonly string[];
  readonly records: CsvRecord[];
  readonly rejections: CsvRejection[];
  /** bytes of the file read so far, for progress */
  readonly bytesRead: number;
}

export interface CsvFile {
  readonly header: readonly string[];
  readonly encoding: CsvEncoding;
  readonly delimiter: CsvDelimiter;
  /** can be read once; ends the source when left early */
  readonly batches: AsyncGenerator<CsvBatch, void, undefined>;
  /** ends the source; for a caller that wanted the header alone */
  readonly close: () => Promise<void>;
}

const sampleSize = 1 << 18;
const pieceSize = 1 << 16;

/** All batches of a CSV file; see `openCsv` for what it throws. */
export async function* readCsv(
  source: Readable,
  options: CsvOptions = {},
): AsyncGenerator<CsvBatch> {
  const file = await openCsv(source, options);
  yield* file.batches;
}

/**
 * Reads a CSV file as a stream, in memory that does not grow with it: what it is, its header, and
 * its rows in batches. Throws HeedError, here or while reading on: `csv_empty`, `csv_no_header`,
 * `csv_not_text`, `csv_wrong_encoding`, `csv_unclosed_quote`, `csv_too_many_columns`,
 * `csv_nul_byte` (in the header), `csv_row_too_long`. Rows before such an error may have been
 * handed out already: a caller that must not act on half a file reads it through once first.
 */
export async function openCsv(source: Readable, options: CsvOptions = {}): Promise<CsvFile> {
  const pieces = piecesOf(source);
  try {
    return await open(pieces, options);
  } catch (error) {
    await pieces.return();
    throw error;
  }
}

async function open(pieces: AsyncGenerator<Buffer, void>, options: CsvOptions): Promise<CsvFile> {
  const { sample, whole } = await readSample(pieces);
  if (sample.length === 0) throw empty("The file is empty");
  refuseBinary(sample);
  const detected = detectEncoding(sample, whole);
  const encoding = options.encoding ?? detected.encoding;
  const bom = encoding === detected.encoding ? detected.bom : 0;
  const decoder = new CsvDecoder(encoding);
  const text = decoder.write(sample.subarray(bom)) + (whole ? decoder.end() : "");

  // Excel's own hint, which it hides from the person who saved the file.
  const hint = /^sep=([,;\t|])\r?\n/i.exec(text)?.[1] as CsvDelimiter | undefined;
  const delimiter = options.delimiter ?? hint ?? detectDelimiter(text, whole);
  const splitter = new RowSplitter({
    delimiter,
    lineEnd: detectLineEnd(text),
    maxRow: options.maxRowLength ?? 1 << 20,
  });
  const rows: SplitRow[] = [];
  splitter.push(text, whole, rows);
  if (hint) rows.shift();

  let bytesRead = sample.length;
  let ended = whole;
  /** Adds the rows of the next piece; false when there is none. */
  async function more(): Promise<boolean> {
    if (ended) return false;
    const next = await pieces.next();
    ended = next.done === true;
    if (next.done) splitter.push(decoder.end(), true, rows);
    else splitter.push(decoder.write(next.value), false, rows);
    bytesRead += next.done ? 0 : next.value.length;
    return true;
  }

  let first = rows.shift();
  while (first === undefined || isBlank(first.cells)) {
    if (rows.length === 0 && !(await more())) throw empty("The file holds no rows");
    first = rows.shift();
  }
  const header = readHeader(first, options.maxColumns ?? 500);

  async function* batches(): AsyncGenerator<CsvBatch, void, undefined> {
    const size = options.batchSize ?? 1_000;
    let rowNumber = 0;
    let records: CsvRecord[] = [];
    let rejections: CsvRejection[] = [];
    try {
      do {
        for (const row of rows.splice(0)) {
          if (isBlank(row.cells)) continue;
          rowNumber++;
          const rejection = faultOf(row, rowNumber, header.length);
          if (rejection) rejections.push(rejection);
          else records.push({ rowNumber, lineNumber: row.line, values: row.cells });
          if (records.length + rejections.length >= size) {
            yield { header, records, rejections, bytesRead };
            records = [];
            rejections = [];
          }
        }
      } while (await more());
      if (records.length + rejections.length > 0) yield { header, records, rejections, bytesRead };
      if (rowNumber === 0) throw empty("The file has a header but no rows");
    } finally {
      await pieces.return();
    }
  }
  return {
    header,
    encoding,
    delimiter,
    batches: batches(),
    close: async () => {
      await pieces.return();
    },
  };
}

/** A row of delimiters alone: spreadsheets leave them below the last contact. */
function isBlank(cells: string[]): boolean {
  return cells[0]?.trim() === "" && cells.every((cell) => cell.trim() === "");
}

function faultOf(row: SplitRow, rowNumber: number, columns: number): CsvRejection | undefined {
  const about = { rowNumber, lineNumber: row.line, values: row.cells, raw: row.raw };
  if (row.raw.includes("\0")) {
    return {
      ...about,
      code: "csv_nul_byte",
      reason: "The row holds a NUL byte; type it again or remove it.",
    };
  }
  if (row.strayQuote) {
    return {
      ...about,
      code: "csv_stray_quote",
      reason:
        'A cell goes on after its closing quote; write a quote inside a quoted cell twice ("").',
    };
  }
  const found = row.cells.length;
  if (found !== columns) {
    return {
      ...about,
      code: "csv_column_count",
      reason: `The row has ${found} cells where the header has ${columns}; check its delimiters and quotes.`,
    };
  }
  return undefined;
}

/** The source's bytes in pieces of bounded size; ends the source when left. */
async function* piecesOf(source: Readable): AsyncGenerator<Buffer, void> {
  for await (const chunk of source) {
    const bytes = typeof chunk === "string" ? Buffer.from(chunk) : bufferOf(chunk as Uint8Array);
    for (let at = 0; at < bytes.length; at += pieceSize) yield bytes.subarray(at, at + pieceSize);
  }
}

async function readSample(
  pieces: AsyncGenerator<Buffer, void>,
): Promise<{ sample: Buffer; whole: boolean }> {
  const read: Buffer[] = [];
  for (let length = 0; length < sampleSize; ) {
    const next = await pieces.next();
    if (next.done) return { sample: Buffer.concat(read), whole: true };
    read.push(next.value);
    length += next.value.length;
  }
  return { sample: Buffer.concat(read), whole: false };
}

function empty(what: string): HeedError {
  return new HeedError(
    "csv_empty",
    `${what}. Choose a CSV file whose first row names its columns and whose other rows are contacts.`,
  );
}

export function isCsvDelimiter(value: unknown): value is CsvDelimiter {
  return csvDelimiters.includes(value as CsvDelimiter);
}

function bufferOf(bytes: Uint8Array): Buffer {
  return Buffer.isBuffer(bytes)
    ? bytes
    : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

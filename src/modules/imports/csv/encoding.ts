import { isUtf8 } from "node:buffer";
import { TextDecoder } from "node:util";
import { HeedError } from "../../../kernel/errors.ts";

export type CsvEncoding = "utf-8" | "utf-16le" | "utf-16be" | "windows-1252";

export const csvEncodings: readonly CsvEncoding[] = [
  "utf-8",
  "utf-16le",
  "utf-16be",
  "windows-1252",
];

/** What a file's first bytes say, when they say that it is no text at all. */
const magic: readonly (readonly [string, string])[] = [
  ["504b0304", "an Excel workbook (.xlsx) or a zip archive"],
  ["504b0506", "an empty zip archive"],
  ["d0cf11e0", "an old Excel workbook (.xls)"],
  ["25504446", "a PDF document"],
  ["1f8b", "a gzip archive"],
  ["377abcaf271c", "a 7z archive"],
  ["52617221", "a RAR archive"],
  ["89504e47", "an image"],
  ["ffd8ff", "an image"],
  ["53514c69746520666f726d6174", "a database"],
  ["7b5c727466", "an RTF document"],
];

/** Refuses workbooks, archives and the like by their first bytes. */
export function refuseBinary(sample: Buffer): void {
  const start = sample.subarray(0, 16).toString("hex");
  const found = magic.find(([bytes]) => start.startsWith(bytes));
  if (found) {
    throw new HeedError(
      "csv_not_text",
      `This file is ${found[1]}, not CSV. Open it in the program it comes from and save it as CSV (UTF-8).`,
    );
  }
  if (/^\s*<(?:!doctype|html|\?xml)/i.test(sample.subarray(0, 200).toString("latin1"))) {
    throw new HeedError(
      "csv_not_text",
      "This file is a web page or XML, not CSV. Perhaps the download needed a sign-in; export it again as CSV.",
    );
  }
}

/**
 * The encoding of a file by its first bytes (at best some hundred kilobytes), and the length of
 * its byte order mark. Windows-1252 is what remains when the bytes are no UTF-8: every byte reads
 * as something there, so a UTF-8 file with a few damaged bytes is refused instead of garbled.
 */
export function detectEncoding(
  sample: Buffer,
  whole: boolean,
): { encoding: CsvEncoding; bom: number } {
  if (sample[0] === 0xef && sample[1] === 0xbb && sample[2] === 0xbf)
    return { encoding: "utf-8", bom: 3 };
  if (sample[0] === 0xff && sample[1] === 0xfe) return { encoding: "utf-16le", bom: 2 };
  if (sample[0] === 0xfe && sample[1] === 0xff) return { encoding: "utf-16be", bom: 2 };
  const wide = withoutMark(sample);
  if (wide) return { encoding: wide, bom: 0 };
  const checked = whole ? sample : sample.subarray(0, completeLength(sample));
  if (isUtf8(checked)) return { encoding: "utf-8", bom: 0 };
  refuseDamaged(checked);
  refuseControls(checked);
  return { encoding: "windows-1252", bom: 0 };
}

/** UTF-16 without a mark: mostly Latin text has a NUL in every other byte. */
function withoutMark(sample: Buffer): CsvEncoding | undefined {
  const looked = Math.min(sample.length, 4_096) & ~1;
  if (looked < 8) return undefined;
  const nul: [number, number] = [0, 0];
  for (let i = 0; i < looked; i++) if (sample[i] === 0) nul[(i & 1) as 0 | 1]++;
  const share = looked / 2;
  if (nul[1] > share * 0.7 && nul[0] < share * 0.1) return "utf-16le";
  if (nul[0] > share * 0.7 && nul[1] < share * 0.1) return "utf-16be";
  return undefined;
}

/** More whole UTF-8 letters than stray bytes: a damaged UTF-8 file, or two encodings in one. */
function refuseDamaged(sample: Buffer): void {
  let letters = 0;
  let stray = 0;
  let first = -1;
  for (let i = 0; i < sample.length; ) {
    const length = sequenceLength(sample, i);
    if (length === 0) {
      stray++;
      if (first < 0) first = i;
      i++;
    } else {
      if (length > 1) letters++;
      i += length;
    }
  }
  if (letters > stray) throw wrongEncoding(1 + newlines(sample.subarray(0, first)), "utf-8");
}

/** Windows-1252 explains any byte, but text has hardly a control character in it. */
function refuseControls(sample: Buffer): void {
  let controls = 0;
  for (const byte of sample) if (byte < 32 && byte !== 9 && byte !== 10 && byte !== 13) controls++;
  if (controls > sample.length / 50) {
    throw new HeedError(
      "csv_not_text",
      "This file is not text. Open it in the program it comes from and save it as CSV (UTF-8).",
    );
  }
}

/** Bytes of the UTF-8 sequence at `at`; 0 when it is none. RFC 3629 section 4. */
function sequenceLength(bytes: Buffer, at: number): number {
  const lead = bytes[at] ?? 0;
  if (lead < 0x80) return 1;
  const length = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : lead >= 0xc2 ? 2 : 0;
  if (length === 0 || at + length > bytes.length) return 0;
  return isUtf8(bytes.subarray(at, at + length)) ? length : 0;
}

/** How many bytes of a chunk end with a whole UTF-8 sequence. */
function completeLength(bytes: Buffer): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back] ?? 0;
    if (byte < 0x80) return bytes.length;
    if (byte >= 0xc0) {
      const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
      return length > back ? bytes.length - back : bytes.length;
    }
  }
  return bytes.length;
}

function newlines(bytes: Buffer): number {
  let count = 0;
  for (let at = bytes.indexOf(10); at >= 0; at = bytes.indexOf(10, at + 1)) count++;
  return count;
}

function wrongEncoding(line: number, encoding: CsvEncoding): HeedError {
  return new HeedError(
    "csv_wrong_encoding",
    `Line ${line} holds bytes that are not ${encoding.toUpperCase()}. Save the file as "CSV UTF-8", or choose the encoding it was saved in, such as Windows-1252.`,
    { line, encoding },
  );
}

/** Turns a file's bytes into text chunk by chunk, and names the line of the first wrong byte. */
export class CsvDecoder {
  #rest = Buffer.alloc(0);
  #line = 1;
  readonly #decoder: TextDecoder | undefined;
  readonly encoding: CsvEncoding;

  constructor(encoding: CsvEncoding) {
    this.encoding = encoding;
    if (encoding !== "utf-8")
      this.#decoder = new TextDecoder(encoding, { fatal: true, ignoreBOM: true });
  }

  write(chunk: Buffer): string {
    if (this.#decoder) return this.#decodeOther(chunk, true);
    const bytes = this.#rest.length > 0 ? Buffer.concat([this.#rest, chunk]) : chunk;
    const length = completeLength(bytes);
    this.#rest = Buffer.from(bytes.subarray(length));
    return this.#utf8(bytes.subarray(0, length));
  }

  end(): string {
    return this.#decoder ? this.#decodeOther(Buffer.alloc(0), false) : this.#utf8(this.#rest);
  }

  #utf8(bytes: Buffer): string {
    if (!isUtf8(bytes)) {
      let at = 0;
      for (let length = 1; at < bytes.length; at += length) {
        length = sequenceLength(bytes, at);
        if (length === 0) break;
      }
      throw wrongEncoding(this.#line + newlines(bytes.subarray(0, at)), this.encoding);
    }
    this.#line += newlines(bytes);
    return bytes.toString("utf8");
  }

  #decodeOther(bytes: Buffer, stream: boolean): string {
    let text: string;
    try {
      text = this.#decoder?.decode(bytes, { stream }) ?? "";
    } catch {
      throw wrongEncoding(this.#line, this.encoding);
    }
    for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) this.#line++;
    return text;
  }
}

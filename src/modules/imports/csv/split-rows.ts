import { HeedError } from "../../../kernel/errors.ts";

/** One row as it stands in the file. */
export interface SplitRow {
  readonly line: number;
  readonly cells: string[];
  readonly raw: string;
  /** a quoted cell went on after its closing quote, so its cells are a guess */
  readonly strayQuote: boolean;
}

export type LineEnd = "\n" | "\r";

/**
 * Splits CSV text (RFC 4180) into rows, fed in chunks.
 *
 * Own code instead of csv-parse because of what rows must say: where a quote opened that never
 * closes, and which rows are odd, without giving up the file or swallowing its neighbours
 * (csv-parse does one or the other, by `relax_quotes`). Rows without quotes, nearly all, cost one
 * `indexOf` and one `split`. The tests hold it against csv-parse.
 *
 * A quote inside an unquoted cell is a letter like any other (37°36'37"N). White space alone is
 * an empty row, and is left out.
 */
export class RowSplitter {
  #text = "";
  #line = 1;
  #nextQuote = -2;
  readonly #delimiter: string;
  readonly #lineEnd: LineEnd;
  readonly #maxRow: number;

  constructor(options: { delimiter: string; lineEnd: LineEnd; maxRow: number }) {
    this.#delimiter = options.delimiter;
    this.#lineEnd = options.lineEnd;
    this.#maxRow = options.maxRow;
  }

  /** Rows that `chunk` completes; with `last`, also what remains. */
  push(chunk: string, last: boolean, rows: SplitRow[]): void {
    this.#text = this.#text === "" ? chunk : this.#text + chunk;
    this.#nextQuote = -2;
    let at = 0;
    while (at < this.#text.length) {
      const next = this.#row(at, last, rows);
      if (next < 0) break;
      if (next - at > this.#maxRow) throw this.#tooLong();
      at = next;
    }
    this.#text = this.#text.slice(at);
    if (this.#text.length > this.#maxRow) {
      throw this.#openQuote === undefined ? this.#tooLong() : unclosed(this.#openQuote);
    }
  }

  /** Line on which the row that is still incomplete has an open quote. */
  #openQuote: number | undefined;

  #row(start: number, last: boolean, rows: SplitRow[]): number {
    const text = this.#text;
    this.#openQuote = undefined;
    if (this.#nextQuote !== -1 && this.#nextQuote < start) {
      this.#nextQuote = text.indexOf('"', start);
    }
    let end = text.indexOf(this.#lineEnd, start);
    const found = end >= 0;
    if (!found) end = text.length;
    if (this.#nextQuote >= 0 && this.#nextQuote < end) return this.#quotedRow(start, last, rows);
    if (!found && !last) return -1;
    const raw = text.slice(start, this.#withoutReturn(start, end));
    if (raw.trim() !== "" || raw.includes(this.#delimiter)) {
      rows.push({ line: this.#line, cells: raw.split(this.#delimiter), raw, strayQuote: false });
    }
    this.#line++;
    return end + 1;
  }

  /** A row with a quote in it, cell by cell. */
  #quotedRow(start: number, last: boolean, rows: SplitRow[]): number {
    const text = this.#text;
    const cells: string[] = [];
    const firstLine = this.#line;
    let line = firstLine;
    let strayQuote = false;
    let at = start;
    for (;;) {
      if (text[at] === '"') {
        const closed = this.#closingQuote(at + 1);
        if (closed < 0) {
          this.#openQuote = line;
          if (last) throw unclosed(line);
          return -1;
        }
        const inside = text.slice(at + 1, closed);
        const opened = line;
        line += count(inside, this.#lineEnd);
        let after = closed + 1;
        while (text[after] === " " && this.#delimiter !== " ") after++;
        if (after >= text.length && !last) return -1;
        if (!this.#endsCell(after)) {
          // What the quote has swallowed may be other people's rows: no guess across lines.
          if (line > opened) throw stray(opened, line);
          strayQuote = true;
          after = this.#cellEnd(after);
          cells.push(text.slice(at, after));
        } else {
          cells.push(inside.includes('"') ? inside.replaceAll('""', '"') : inside);
        }
        at = after;
      } else {
        const end = this.#cellEnd(at);
        cells.push(
          text.slice(at, text[end] === this.#delimiter ? end : this.#withoutReturn(at, end)),
        );
        at = end;
      }
      if (at < text.length && text[at] === this.#delimiter) {
        at++;
        continue;
      }
      // What comes after a return at the end of a chunk decides what it is.
      if (text[at] === "\r" && at + 1 >= text.length && !last) return -1;
      if (text[at] === "\r" && this.#lineEnd === "\n") at++;
      if (at >= text.length && !last) return -1;
      const raw = text.slice(start, this.#withoutReturn(start, Math.min(at, text.length)));
      rows.push({ line: firstLine, cells, raw, strayQuote });
      this.#line = line + 1;
      return at + 1;
    }
  }

  /** Where the quote that opened before `from` closes; doubled quotes are text. */
  #closingQuote(from: number): number {
    const text = this.#text;
    for (let at = text.indexOf('"', from); at >= 0; at = text.indexOf('"', at + 2)) {
      if (text[at + 1] !== '"') return at;
    }
    return -1;
  }

  #endsCell(at: number): boolean {
    const letter = this.#text[at];
    if (letter === undefined || letter === this.#delimiter || letter === this.#lineEnd) return true;
    return letter === "\r" && (this.#text[at + 1] === "\n" || at + 1 === this.#text.length);
  }

  #cellEnd(from: number): number {
    const text = this.#text;
    // Letters are compared as numbers: it stays fast whatever kinds of string came before.
    const delimiter = this.#delimiter.charCodeAt(0);
    const lineEnd = this.#lineEnd.charCodeAt(0);
    for (let at = from; at < text.length; at++) {
      const letter = text.charCodeAt(at);
      if (letter === delimiter || letter === lineEnd) return at;
    }
    return text.length;
  }

  #withoutReturn(start: number, end: number): number {
    return end > start && this.#lineEnd === "\n" && this.#text[end - 1] === "\r" ? end - 1 : end;
  }

  #tooLong(): HeedError {
    return new HeedError(
      "csv_row_too_long",
      `The row on line ${this.#line} is longer than ${this.#maxRow.toLocaleString("en")} letters. Check that the file is CSV with line breaks between its rows.`,
      { line: this.#line },
    );
  }
}

function unclosed(line: number): HeedError {
  return new HeedError(
    "csv_unclosed_quote",
    `A quote opens on line ${line} and never closes. Close it, or write a quote inside a quoted cell twice ("").`,
    { line },
  );
}

function stray(opened: number, closed: number): HeedError {
  return new HeedError(
    "csv_unclosed_quote",
    `A quote opens on line ${opened} and closes in the middle of a cell on line ${closed}, so the rows between cannot be told apart. Close it on line ${opened}, or write a quote inside a quoted cell twice ("").`,
    { line: opened, closedOnLine: closed },
  );
}

function count(text: string, letter: string): number {
  let found = 0;
  for (let at = text.indexOf(letter); at >= 0; at = text.indexOf(letter, at + 1)) found++;
  return found;
}

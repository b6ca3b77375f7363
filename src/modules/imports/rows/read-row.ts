import { newId } from "../../../kernel/ids.ts";
import {
  type AddressProblem,
  domainKey,
  type EmailAddress,
  emailKey,
  extractEmail,
  isProblem,
  type KeySecret,
  parseEmail,
  parsePhone,
  phoneKey,
  searchText,
  sortName,
} from "../../contacts/index.ts";
import type { CsvRecord, CsvRejection } from "../csv/read-csv.ts";
import { readStopSignal, type StopSignal } from "../csv/stop-columns.ts";
import type { ReadableAddress } from "../rules.ts";
import { oneLine, readAttributes, splitName, tooLong } from "./cells.ts";
import { copyLine } from "./copy-text.ts";
import type { Plan } from "./plan.ts";
import { SeenAddresses } from "./seen-addresses.ts";

/** A row that is not imported, and why. */
export interface Rejection {
  rowNumber: number;
  lineNumber: number;
  reason: string;
  message: string;
  values: readonly string[];
}

/** A row that says stop, whether it is imported or not. */
export interface StopRow {
  rowNumber: number;
  signals: StopSignal[];
  emails: ReadableAddress[];
  phones: ReadableAddress[];
  /** By which a contact that is there is found; null where the row has no readable address. */
  identity: string | null;
  /** The accepted row before this one that has the same address. */
  firstRow: number | null;
  /** The row's cells do not line up with the header. */
  doubtful: boolean;
}

/** Rows read and ready to be applied together. */
export interface Batch {
  firstRow: number;
  lastRow: number;
  rows: number;
  /** Accepted rows in COPY's text form. */
  text: Buffer[];
  /** Id of each accepted row's contact, should it be new, by row number. */
  contactIds: Map<number, string>;
  /** What accepted rows held, kept only where one may still be rejected as somebody else's contact. */
  cells: Map<number, CsvRecord>;
  rejections: Rejection[];
  stops: StopRow[];
  bytesRead: number;
}

export interface RowReaderOptions {
  plan: Plan;
  secrets: KeySecret;
  defaultCountry: string | undefined;
  /** User ids by email, lower case. */
  owners: ReadonlyMap<string, string>;
  /** For somebody who sees only their own contacts: every row becomes theirs. */
  ownerId: string | null;
  expectedRows: number;
}

/** Reads rows one after the other; remembers the addresses it has seen. */
export class RowReader {
  readonly #o: RowReaderOptions;
  readonly #seen: SeenAddresses;
  readonly #domains = new Map<string, { own: string; root: string | null }>();

  constructor(options: RowReaderOptions) {
    this.#o = options;
    this.#seen = new SeenAddresses(options.expectedRows);
  }

  /** For rows that an earlier run applied: remembers their addresses and does nothing else. */
  skip(record: CsvRecord): void {
    const cells = record.values;
    const email = this.#emailOf(cells);
    if (email !== null && isProblem(email)) return;
    if (this.#tooLong(cells)) return;
    const identity = email?.normalised ?? this.#phoneOf(cells);
    if (typeof identity === "string") this.#seen.firstRow(identity, record.rowNumber);
  }

  /** Reads a row into the batch: accepted (answers its line for COPY) or rejected, its stops either way. */
  read(record: CsvRecord, batch: Batch): string | null {
    const { plan, secrets } = this.#o;
    const cells = record.values;
    const email = this.#emailOf(cells);
    const phone = this.#phoneOf(cells);
    const e164 = typeof phone === "string" ? phone : null;
    const readable = email !== null && !isProblem(email) ? email : null;
    const identity = readable?.normalised ?? e164;
    const problem = this.#problemOf(cells, email, phone);
    const firstRow =
      problem === null && identity !== null ? this.#seen.firstRow(identity, record.rowNumber) : 0;

    const key = readable ? emailKey(secrets, readable) : null;
    const numberKey = e164 === null ? null : phoneKey(secrets, e164);
    const signals = this.#signalsOf(cells);
    if (signals.length > 0) {
      const emails =
        readable && key ? [{ value: readable.normalised, key }] : this.#anyEmails(cells);
      const named = identity ?? emails[0]?.value ?? null;
      batch.stops.push({
        rowNumber: record.rowNumber,
        signals,
        emails,
        phones: e164 !== null && numberKey ? [{ value: e164, key: numberKey }] : [],
        identity: named,
        firstRow: problem === null ? firstRow || null : this.#rowOf(named),
        doubtful: false,
      });
    }
    if (problem !== null || firstRow !== 0) {
      batch.rejections.push({
        rowNumber: record.rowNumber,
        lineNumber: record.lineNumber,
        values: cells,
        ...(problem ?? duplicateOf(firstRow)),
      });
      return null;
    }

    const cell = (at: number) => (at < 0 ? "" : oneLine(cells[at] as string));
    let first = cell(plan.at.first_name);
    let last = cell(plan.at.last_name);
    if (first === "" && last === "" && plan.at.full_name >= 0) {
      [first, last] = splitName(cell(plan.at.full_name));
    }
    const company = cell(plan.at.company);
    const ownerCell = cell(plan.at.owner_email).toLowerCase();
    const owner = this.#o.ownerId ?? this.#o.owners.get(ownerCell) ?? null;
    const attributes = readAttributes(plan, cells, {
      phone: phone !== null && isProblem(phone) ? (cells[plan.at.phone] as string) : "",
      owner: owner === null ? ownerCell : "",
    });
    const keys = readable ? this.#domainKeys(readable) : null;
    const naming = {
      first_name: first,
      last_name: last,
      company,
      email: readable?.normalised ?? null,
      phone: e164,
    };
    const contactId = newId();
    batch.contactIds.set(record.rowNumber, contactId);
    if (this.#o.ownerId !== null) batch.cells.set(record.rowNumber, record);
    return copyLine([
      String(record.rowNumber),
      contactId,
      naming.email,
      key,
      keys?.own ?? null,
      keys?.root ?? null,
      e164,
      numberKey,
      first || null,
      last || null,
      company || null,
      cell(plan.at.job_title) || null,
      attributes === null ? null : JSON.stringify(attributes),
      owner,
      searchText(naming),
      sortName(naming),
    ]);
  }

  /** A row that the CSV reader could not take: rejected, and what it says of stopping taken in doubt. */
  reject(row: CsvRejection, batch: Batch): void {
    batch.rejections.push({
      rowNumber: row.rowNumber,
      lineNumber: row.lineNumber,
      reason: row.code,
      message: row.reason,
      values: row.values,
    });
    const cells = row.values.map((cell) => cell.replaceAll("\0", ""));
    const fromTheRight = cells.slice(Math.max(0, cells.length - this.#o.plan.columns));
    const aligned = cells.length === this.#o.plan.columns;
    const signals = [...this.#signalsOf(cells), ...(aligned ? [] : this.#signalsOf(fromTheRight))];
    if (signals.length === 0) return;
    const emails = this.#anyEmails(cells);
    batch.stops.push({
      rowNumber: row.rowNumber,
      signals,
      emails,
      phones: [],
      identity: emails[0]?.value ?? null,
      firstRow: this.#rowOf(emails[0]?.value ?? null),
      doubtful: !aligned || row.code === "csv_stray_quote",
    });
  }

  #rowOf(identity: string | null): number | null {
    return identity === null ? null : this.#seen.rowOf(identity) || null;
  }

  #emailOf(cells: readonly string[]): EmailAddress | AddressProblem | null {
    const at = this.#o.plan.at.email;
    const cell = at < 0 ? "" : (cells[at] as string);
    return cell === "" || cell.trim() === "" ? null : parseEmail(extractEmail(cell));
  }

  #phoneOf(cells: readonly string[]): string | AddressProblem | null {
    const at = this.#o.plan.at.phone;
    const cell = at < 0 ? "" : (cells[at] as string);
    if (cell === "" || cell.trim() === "") return null;
    const phone = parsePhone(cell, this.#o.defaultCountry);
    return isProblem(phone) ? phone : phone.normalised;
  }

  /** Beside a readable email an unreadable number is no reason to lose the contact; it is kept as an attribute. */
  #problemOf(
    cells: readonly string[],
    email: EmailAddress | AddressProblem | null,
    phone: string | AddressProblem | null,
  ): { reason: string; message: string } | null {
    if (email !== null && isProblem(email))
      return { reason: email.problem, message: email.message };
    if (email === null) {
      if (phone === null) {
        return {
          reason: "no_address",
          message: "The row has neither an email address nor a telephone number. Add one.",
        };
      }
      if (isProblem(phone)) return { reason: phone.problem, message: phone.message };
    }
    return this.#tooLong(cells);
  }

  #tooLong(cells: readonly string[]): { reason: string; message: string } | null {
    return tooLong(this.#o.plan, cells);
  }

  #signalsOf(cells: readonly string[]): StopSignal[] {
    const signals: StopSignal[] = [];
    for (const { field, at } of this.#o.plan.stops) {
      const cell = cells[at];
      if (cell === undefined || cell === "") continue;
      const signal = readStopSignal(field, cell);
      if (signal) signals.push(signal);
    }
    return signals;
  }

  /** Every readable address in a row whose email cell cannot be read as one: several in a cell, cells out of line. */
  #anyEmails(cells: readonly string[]): ReadableAddress[] {
    const found = new Map<string, ReadableAddress>();
    for (const [word] of cells
      .join(" ")
      .slice(0, 20_000)
      .matchAll(/[^\s<>,;:"'()|]+@[^\s<>,;:"'()|]+/g)) {
      const email = parseEmail(extractEmail(word));
      if (isProblem(email) || found.size >= 20) continue;
      found.set(email.normalised, {
        value: email.normalised,
        key: emailKey(this.#o.secrets, email),
      });
    }
    return [...found.values()];
  }

  #domainKeys(email: EmailAddress): { own: string; root: string | null } {
    const known = this.#domains.get(email.domain);
    if (known) return known;
    const { secrets } = this.#o;
    const keys = {
      own: domainKey(secrets, email.domain),
      root: email.rootDomain === email.domain ? null : domainKey(secrets, email.rootDomain),
    };
    if (this.#domains.size > 50_000) this.#domains.clear();
    this.#domains.set(email.domain, keys);
    return keys;
  }
}

function duplicateOf(firstRow: number): { reason: string; message: string } {
  return {
    reason: "duplicate_in_file",
    message: `Row ${firstRow} has the same address and was taken. Put both rows into one.`,
  };
}

import { HeedError } from "../../../kernel/errors.ts";
import { type ContactField, isContactField, plainWords, singleFields } from "./fields.ts";
import { fieldOfHeader, headerIsIgnored, stopFieldOfHeader } from "./header-words.ts";
import { readsAsYesOrNo } from "./stop-columns.ts";

export interface ColumnMapping {
  readonly column: string;
  /** null leaves the column out */
  readonly field: ContactField | null;
}

export interface ProposedColumn extends ColumnMapping {
  /** 1 the header says it, 0.6 the values say it, 0.3 kept as an attribute for want of better */
  readonly confidence: number;
}

/**
 * Proposes what each column of a file means, from its header and some of its rows, one entry a
 * column in the file's order. A person confirms it; it only saves them work.
 */
export function proposeMapping(
  header: readonly string[],
  sampleRows: readonly (readonly string[])[],
): ProposedColumn[] {
  const columns = header.map((_, index) => sampleRows.map((row) => row[index] ?? ""));
  const proposed = header.map(
    (column, index): ProposedColumn => byHeader(column, columns[index] ?? []),
  );
  nameBesideFirstName(proposed);
  preferFirst(proposed);
  for (const field of ["email", "phone"] as const) {
    if (proposed.some((column) => column.field === field)) continue;
    const index = proposed.findIndex(
      (column, at) => column.confidence < 0.6 && mostly(columns[at] ?? [], looksLike[field]),
    );
    const column = proposed[index];
    if (column) proposed[index] = { column: column.column, field, confidence: 0.6 };
  }
  return proposed;
}

/**
 * Throws where a mapping cannot be imported: `import_needs_address`, `import_field_twice`,
 * `import_unknown_column`, `import_unknown_field`. Stop columns and tags may be several.
 */
export function checkMapping(header: readonly string[], mapping: readonly ColumnMapping[]): void {
  const columnOf = new Map<string, string>();
  const seen = new Set<string>();
  for (const { column, field } of mapping) {
    if (!header.includes(column)) {
      throw new HeedError(
        "import_unknown_column",
        `The file has no column "${column}". Its columns are ${listed(header)}.`,
        { column, columns: header },
      );
    }
    if (seen.has(column)) {
      throw new HeedError(
        "import_column_twice",
        `The column "${column}" is mapped twice. Choose one field for it.`,
        {
          column,
        },
      );
    }
    seen.add(column);
    if (field === null) continue;
    if (!isContactField(field)) {
      throw new HeedError(
        "import_unknown_field",
        `"${String(field)}" is no field of a contact. Use ${singleFields.join(", ")}, tags, attribute:<key> or a stop column.`,
        { column, field },
      );
    }
    const single =
      (singleFields as readonly string[]).includes(field) || field.startsWith("attribute:");
    const other = columnOf.get(field);
    if (single && other !== undefined) {
      throw new HeedError(
        "import_field_twice",
        `The columns "${other}" and "${column}" are both mapped to ${field}. Keep one of them; the other can become an attribute.`,
        { field, columns: [other, column] },
      );
    }
    columnOf.set(field, column);
  }
  if (!columnOf.has("email") && !columnOf.has("phone")) {
    throw new HeedError(
      "import_needs_address",
      `No column is mapped to an email address or a phone number. The file has ${listed(header)}; say which of them holds the address.`,
      { columns: header },
    );
  }
}

function byHeader(column: string, values: readonly string[]): ProposedColumn {
  const words = plainWords(column);
  const stop = stopFieldOfHeader(words);
  // "Newsletter: Weekly" is the name of a list, not an answer: taken as one it would stop everyone.
  if (stop !== undefined && (!stop.startsWith("opt_in_") || readsAsYesOrNo(values))) {
    return { column, field: stop, confidence: 1 };
  }
  const field = fieldOfHeader(words);
  if (
    field === "owner_email" &&
    values.some((v) => v.trim() !== "") &&
    !mostly(values, looksLike.email)
  ) {
    return attribute(column, words);
  }
  if (
    field === "email" &&
    values.some((v) => v.includes("@")) === false &&
    values.some((v) => v.trim() !== "")
  ) {
    return { column, field, confidence: 0.5 };
  }
  if (field !== undefined) return { column, field, confidence: 1 };
  if (headerIsIgnored(words)) return { column, field: null, confidence: 1 };
  return attribute(column, words);
}

function attribute(column: string, words: string): ProposedColumn {
  const key = words
    .replace(/[^a-z0-9]+/g, "_")
    .replace(/^_+|_+$/g, "")
    .slice(0, 60);
  if (key === "") return { column, field: null, confidence: 0 };
  return { column, field: `attribute:${key}`, confidence: 0.3 };
}

/** "Vorname, Name" and "Voornaam, Naam": beside a first name alone, a name is the last name. */
function nameBesideFirstName(proposed: ProposedColumn[]): void {
  const has = (field: ContactField) => proposed.some((column) => column.field === field);
  if (!has("first_name") || has("last_name")) return;
  const index = proposed.findIndex(({ column }) => /^(name|naam|nom)$/.test(plainWords(column)));
  const name = proposed[index];
  if (name?.field === "full_name") {
    proposed[index] = { column: name.column, field: "last_name", confidence: 0.8 };
  }
}

/** A field for one column goes to the best, then the first; the others become attributes. */
function preferFirst(proposed: ProposedColumn[]): void {
  // Exports name "E-mail" and "Work email" both: the shorter header is the general one.
  const holder = new Map<ContactField, number>();
  proposed.forEach(({ field, confidence, column }, index) => {
    if (field === null || !isExclusive(field)) return;
    const held = holder.get(field);
    const rival = held === undefined ? undefined : proposed[held];
    if (
      held === undefined ||
      rival === undefined ||
      confidence > rival.confidence ||
      (confidence === rival.confidence && column.length < rival.column.length && field !== "phone")
    ) {
      holder.set(field, index);
    }
  });
  const keys = new Set<string>();
  proposed.forEach(({ field, column }, index) => {
    if (field === null || !isExclusive(field)) return;
    if (holder.get(field) === index) {
      if (field.startsWith("attribute:")) keys.add(field);
      return;
    }
    const loser = attribute(column, plainWords(column));
    let key = loser.field;
    for (let n = 2; key !== null && keys.has(key); n++) key = `${loser.field}_${n}` as ContactField;
    if (key !== null) keys.add(key);
    proposed[index] = { ...loser, field: key };
  });
}

function isExclusive(field: ContactField): boolean {
  return (singleFields as readonly string[]).includes(field) || field.startsWith("attribute:");
}

const looksLike = {
  email: (value: string) => /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(value.trim()),
  phone: (value: string) =>
    /^'?[+(]?[\d\s().\-/]{7,}$/.test(value.trim()) &&
    value.replace(/\D/g, "").length >= 8 &&
    !/^\d{4}-\d{2}-\d{2}/.test(value),
} as const;

function mostly(values: readonly string[], test: (value: string) => boolean): boolean {
  const filled = values.filter((value) => value.trim() !== "");
  return filled.length > 0 && filled.filter(test).length > filled.length * 0.7;
}

function listed(columns: readonly string[]): string {
  const shown = columns.slice(0, 20).map((column) => `"${column}"`);
  return columns.length > 20
    ? `${shown.join(", ")} and ${columns.length - 20} more`
    : shown.join(", ");
}

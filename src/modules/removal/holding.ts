/** How the rows of a person are found in a table. */
export type Finder =
  /** A column that holds the contact's id. */
  | { contact: string }
  /** A column that holds the key of one of their addresses. */
  | { key: string }
  /** A column that holds one of their addresses as written. */
  | { address: string }
  /** A column that holds a stop on them or on one of their addresses. */
  | { stop: string }
  /** Text or JSON in which one of their addresses or their full name may stand. */
  | { words: string }
  /** JSON in which their id may stand beside what they are called. */
  | { mention: string };

/** What becomes of a row: deleted, or these columns set to these SQL literals and the rest kept. */
export type Treatment = "keep" | "delete" | { blank: Readonly<Record<string, string>> };

export interface Holding {
  table: string;
  find: readonly Finder[];
  purge: Treatment;
  erase: Treatment;
  /** Which of the rows found, as SQL; all of them without. */
  only?: string;
  /** The kind of linked item that a preview counts its rows as. */
  linked?: string;
  /** What stays and why, for the certificate and the reader. */
  keeps?: string;
}

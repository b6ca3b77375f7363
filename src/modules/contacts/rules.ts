/** What a person is called and found by; everything else on a contact is looked up by key. */
export interface Naming {
  first_name: string;
  last_name: string;
  company: string;
  email: string | null;
  phone: string | null;
}

/** Letters that NFKD leaves whole though people type them without their mark. */
const unmarked: Readonly<Record<string, string>> = {
  ß: "ss",
  æ: "ae",
  œ: "oe",
  ø: "o",
  ł: "l",
  đ: "d",
  ð: "d",
  þ: "th",
  ı: "i",
};

// Names come again and again in a file, and folding one costs more than remembering it. V8 keeps a
// longer cell as a slice, which would hold the whole piece of the file that it was cut from.
const folded = new Map<string, string>();
const foldedAtMost = 20_000;
const lettersAtMost = 12;

/** Lower case, NFKD, without diacritics: the one form in which names are searched and sorted. */
export function fold(text: string): string {
  if (/^[\x20-\x7e]*$/.test(text)) return text.toLowerCase();
  const known = folded.get(text);
  if (known !== undefined) return known;
  const form = foldLetters(text);
  if (text.length <= lettersAtMost) {
    if (folded.size >= foldedAtMost) folded.clear();
    folded.set(text, form);
  }
  return form;
}

function foldLetters(text: string): string {
  // Lower case both ways round: some letters decompose into capitals, some capitals into marks.
  return text
    .normalize("NFKD")
    .toLowerCase()
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .replace(/[ßæœøłđðþı]/g, (letter) => unmarked[letter] ?? letter);
}

/**
 * What `q` is looked for in: first and last name, email, phone, company, folded. An E.164 number
 * holds its bare digits, so "+32470…" answers a search for "32470" and "470" alike. A space comes
 * first, so that every word has one before it.
 */
export function searchText(contact: Naming): string {
  let text = "";
  for (const part of [contact.first_name, contact.last_name, contact.email, contact.phone]) {
    if (part) text += ` ${fold(part)}`;
  }
  return contact.company ? `${text} ${fold(contact.company)}` : text || " ";
}

/** Last name first, folded; whoever has no name sorts by address. */
export function sortName(contact: Naming): string {
  const name = `${fold(contact.last_name)} ${fold(contact.first_name)}`.trim();
  return name || fold(contact.company || contact.email || contact.phone || "");
}

/** What a contact is called where there is room for one line. */
export function displayName(contact: Naming): string {
  const name = `${contact.first_name} ${contact.last_name}`.trim();
  return name || contact.email || contact.phone || contact.company || "Unnamed contact";
}

/**
 * Why a text may not stand on one line of a mail header or a CSV cell, or null. Names reach
 * headers; a line break in one would let its writer add headers of their own.
 */
export function lineProblem(text: string): string | null {
  return /[\p{Cc}\p{Cs}\u2028\u2029]/u.test(text)
    ? "holds a line break or another control character; remove it"
    : null;
}

/** Keys that templates can name as `contact.attributes.key`. */
export const attributeKey = /^[\p{L}_][\p{L}\p{N}_ -]{0,63}$/u;
export const attributesAtMost = 100;

/** Why these attributes cannot be kept, or null. Values are strings, numbers and booleans. */
export function attributesProblem(attributes: Readonly<Record<string, unknown>>): string | null {
  const entries = Object.entries(attributes);
  if (entries.length > attributesAtMost) return `has more than ${attributesAtMost} attributes`;
  for (const [key, value] of entries) {
    if (!attributeKey.test(key)) {
      return `has the attribute name ${JSON.stringify(key.slice(0, 70))}; begin with a letter and use letters, digits, spaces, - and _ (64 at most)`;
    }
    if (typeof value === "string") {
      if (value.length > 2_000) return `has over 2,000 characters in ${key}`;
      if (/[^\P{Cc}\t\n\r]|\p{Cs}/u.test(value)) return `has a control character in ${key}`;
    } else if (typeof value !== "boolean" && !Number.isFinite(value)) {
      return `has no text, number or true/false in ${key}`;
    }
  }
  return null;
}

/** When a contact was made: its id says so (UUIDv7, RFC 9562), so sorting, filtering and showing agree. */
export function createdAt(id: string): Date {
  return new Date(Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16));
}

/** The least id made at or after a moment. */
export function firstIdAt(time: Date): string {
  const hex = Math.min(Math.max(time.getTime(), 0), 2 ** 48 - 1)
    .toString(16)
    .padStart(12, "0");
  return `${hex.slice(0, 8)}-${hex.slice(8)}-0000-0000-000000000000`;
}

import { HeedError } from "../../../kernel/errors.ts";
import { refuseInjection, refuseUnlessPlain } from "./address.ts";
import { encodedWords } from "./encoded-word.ts";

/** RFC 5322 header fields, each returned whole with its CRLF. */

const LINE = 76;
/** A word this long cannot stand on a line of its own (998, RFC 5322 2.1.1). */
const LONGEST_TOKEN = 900;
const PRINTABLE = /^[ -~]*$/;
const ATOMS = /^[A-Za-z0-9!#$%&'*+\-/=?^_`{|}~]+(?: [A-Za-z0-9!#$%&'*+\-/=?^_`{|}~]+)*$/;
const FIELD_NAME = /^[A-Za-z0-9][A-Za-z0-9_-]{0,49}$/;

/** A field of free text (RFC 5322 unstructured), folded, in encoded words where it must be. */
export function textField(name: string, value: string): string {
  refuseInjection(name, value);
  const plain =
    PRINTABLE.test(value) &&
    !value.includes("=?") && // would be read as an encoded word
    !value.startsWith(" ") &&
    !value.endsWith(" ");
  if (plain && name.length + 2 + value.length <= LINE) return `${name}: ${value}\r\n`;
  const folded = plain ? fold(value, name.length + 2) : null;
  const body = folded ?? encodedWords(value, LINE - name.length - 2, "text");
  return `${name}: ${body}\r\n`;
}

/** A field of one mailbox: `From`, `To`, `Reply-To`. The address is checked, the name quoted. */
export function mailboxField(name: string, address: string, displayName?: string): string {
  refuseUnlessPlain(name, address);
  if (!displayName) return `${name}: ${address}\r\n`;
  refuseInjection(name, displayName);
  const phrase = asPhrase(displayName, name.length + 2);
  const lastLine = phrase.length - (phrase.lastIndexOf("\n") + 1);
  const before = phrase.includes("\n") ? 0 : name.length + 2;
  const gap = before + lastLine + address.length + 3 > LINE ? "\r\n " : " ";
  return `${name}: ${phrase}${gap}<${address}>\r\n`;
}

/** Refuses names that are no RFC 5322 field name, or too long to leave room for a value. */
export function refuseUnlessFieldName(name: string): void {
  refuseInjection("header name", name);
  if (!FIELD_NAME.test(name)) {
    throw new HeedError(
      "header_name_invalid",
      "A header's name is at most 50 letters, digits and hyphens",
      { field: name },
    );
  }
}

function asPhrase(displayName: string, column: number): string {
  const printable = PRINTABLE.test(displayName) && !displayName.includes("=?");
  if (printable && displayName.trim() === displayName) {
    const quoted = ATOMS.test(displayName)
      ? displayName
      : `"${displayName.replace(/["\\]/g, "\\$&")}"`;
    if (column + quoted.length <= LINE) return quoted;
    const folded = fold(quoted, column);
    if (folded !== null) return folded;
  }
  return encodedWords(displayName, LINE - column, "phrase");
}

/** Breaks before runs of spaces, so that unfolding gives back the same text; null when a word is too long. */
function fold(value: string, column: number): string | null {
  let out = "";
  for (const token of value.match(/ *[^ ]+/g) ?? []) {
    if (token.length > LONGEST_TOKEN) return null;
    if (column + token.length > LINE && out !== "" && token.startsWith(" ")) {
      out += "\r\n";
      column = 0;
    }
    out += token;
    column += token.length;
  }
  return out;
}

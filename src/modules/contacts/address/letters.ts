/**
 * Unicode rules shared by addresses and domains. All are idempotent (S10).
 */

/**
 * Characters that nobody sees and no mailbox holds: soft hyphen, zero-width space, word joiner,
 * byte order mark, direction marks. Zero-width joiner and non-joiner are left alone inside a
 * word: Persian and Indic spellings need them.
 */
const invisible =
  /[\u00AD\u061C\u180E\u200B\u200E\u200F\u202A-\u202E\u2060-\u2064\u2066-\u206F\uFEFF]/gu;

const edges = /^[\s\u200C\u200D]+|[\s\u200C\u200D]+$/gu;
const anyIgnorable = /\p{Default_Ignorable_Code_Point}/gu;

/** Without surrounding white space and without invisible characters, which pasting leaves behind. */
export function trimmed(input: string): string {
  return input.replace(invisible, "").replace(edges, "");
}

/**
 * NFC and lower case, a code point at a time: `String#toLowerCase` alone makes a final Σ into ς
 * or σ by its neighbours, so the same letters would give two answers.
 */
export function lowerCase(text: string): string {
  let lower = "";
  for (const letter of text.normalize("NFC")) lower += letter.toLowerCase();
  return lower.normalize("NFC");
}

/**
 * Full case folding, for stopping only: ß meets SS, ς meets σ, and what cannot be seen is gone.
 */
export function caseFold(text: string): string {
  const seen = text.replace(anyIgnorable, "").normalize("NFD").toUpperCase();
  return lowerCase(seen);
}

/** True when every character is ASCII. */
export function isAscii(text: string): boolean {
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) > 127) return false;
  return true;
}

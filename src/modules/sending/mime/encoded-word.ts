/** RFC 2047: text beyond ASCII in headers, as UTF-8 encoded words that never split a code point. */

const LONGEST_WORD = 75;
const FRAME = "=?UTF-8?B??=".length;

/** `phrase` (a display name) allows fewer characters unencoded than `text` (RFC 2047 5.3). */
export type WordPlace = "text" | "phrase";

const SAFE_IN_TEXT = /^[!-<>@-^`-~]$/;
const SAFE_IN_PHRASE = /^[A-Za-z0-9!*+\-/]$/;

/**
 * Encoded words joined by folded white space. `room` is what the first line has left
 * of its 76 characters; it must fit one code point, which is 24 characters.
 */
export function encodedWords(value: string, room: number, place: WordPlace): string {
  const safe = place === "phrase" ? SAFE_IN_PHRASE : SAFE_IN_TEXT;
  const characters = Array.from(value);
  const qLength = characters.reduce((sum, character) => sum + q(character, safe).length, 0);
  const inBase64 = (Buffer.byteLength(value) * 4) / 3 < qLength;
  const words: string[] = [];
  let word = "";
  let used = 0;
  let limit = Math.min(room, LONGEST_WORD) - FRAME;
  const finish = () => {
    words.push(
      inBase64 ? `=?UTF-8?B?${Buffer.from(word).toString("base64")}?=` : `=?UTF-8?Q?${word}?=`,
    );
    word = "";
    used = 0;
    limit = LONGEST_WORD - FRAME;
  };
  for (const character of characters) {
    const piece = inBase64 ? character : q(character, safe);
    const size = inBase64 ? Buffer.byteLength(character) : piece.length;
    const most = inBase64 ? Math.floor(limit / 4) * 3 : limit;
    if (used > 0 && used + size > most) finish();
    word += piece;
    used += size;
  }
  finish();
  return words.join("\r\n ");
}

function q(character: string, safe: RegExp): string {
  if (character === " ") return "_";
  if (safe.test(character)) return character;
  let out = "";
  for (const byte of Buffer.from(character)) {
    out += `=${byte.toString(16).toUpperCase().padStart(2, "0")}`;
  }
  return out;
}

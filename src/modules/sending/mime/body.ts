/**
 * Bodies for transport (RFC 2045): as they are when they are ASCII in short lines,
 * else quoted-printable. Line ends of any kind become CRLF.
 */

export type TransferEncoding = "7bit" | "quoted-printable";

/**
 * No boundary of ours can occur in a body: it begins with `=_`, which
 * quoted-printable never writes, and a 7bit body that holds it is quoted (RFC 2045 6.7).
 */
export const BOUNDARY_MARK = "=_";

const LONGEST_7BIT_LINE = 997;
const LONGEST_QP_LINE = 75; // the 76th is the soft break's "="
const CR = 13;
const LF = 10;
const TAB = 9;
const SPACE = 32;
const DOT = 46;
const CAPITAL_F = 70;
const HEX = Buffer.from("0123456789ABCDEF");

/** 1: stands for itself; 2: does unless a line ends after it; 3: does unless a line begins with it. */
const KIND = new Uint8Array(256);
for (let c = 33; c <= 126; c++) KIND[c] = 1;
KIND["=".charCodeAt(0)] = 0;
KIND[SPACE] = KIND[TAB] = 2;
KIND[DOT] = KIND[CAPITAL_F] = 3;

let source = Buffer.allocUnsafe(64 * 1024);
let target = Buffer.allocUnsafe(256 * 1024);

/** The encoded body, valid until the next mail is built: copy it before that. */
export interface EncodedBody {
  encoding: TransferEncoding;
  bytes: Buffer;
}

/** Encodes behind `place` and moves it on, so that a mail's bodies stand beside each other. */
export function encodeBody(text: string, place: { offset: number }): EncodedBody {
  if (source.length < text.length * 3) source = Buffer.allocUnsafe(text.length * 4);
  const length = source.write(text);
  // 3 bytes a byte, and 3 for a soft break every 73 of them
  const most = place.offset + Math.ceil(length * 3.2) + 16;
  if (target.length < most) {
    const larger = Buffer.allocUnsafe(most * 2);
    target.copy(larger, 0, 0, place.offset);
    target = larger;
  }
  const start = place.offset;
  // one byte a UTF-16 unit means ASCII throughout
  let end =
    length === text.length && !text.includes(`--${BOUNDARY_MARK}`) ? asIs(length, start) : -1;
  const encoding = end === -1 ? "quoted-printable" : "7bit";
  if (end === -1) end = quoted(length, start);
  place.offset = end;
  return { encoding, bytes: target.subarray(start, end) };
}

/** Copies with CRLF line ends; -1 where the body needs quoting after all. */
function asIs(length: number, start: number): number {
  const from = source;
  const to = target;
  let o = start;
  let line = 0;
  for (let i = 0; i < length; i++) {
    const c = from[i] as number; // i < length
    if (c === CR || c === LF) {
      if (c === CR && i + 1 < length && from[i + 1] === LF) i++;
      to[o++] = CR;
      to[o++] = LF;
      line = 0;
      continue;
    }
    if ((c < SPACE && c !== TAB) || c === 127) return -1;
    if (line === 0 && c === CAPITAL_F && isMboxFrom(i, length)) return -1;
    if (++line > LONGEST_7BIT_LINE) return -1;
    to[o++] = c;
  }
  return o;
}

function quoted(length: number, start: number): number {
  const from = source;
  const to = target;
  let o = start;
  let column = 0;
  for (let i = 0; i < length; i++) {
    const c = from[i] as number; // i < length
    const kind = KIND[c] as number; // 256 entries
    if (kind !== 0) {
      if (column >= LONGEST_QP_LINE) {
        to[o++] = 61;
        to[o++] = CR;
        to[o++] = LF;
        column = 0;
      }
      if (
        kind === 1 ||
        (kind === 2 ? !endsLine(i + 1, length) : column !== 0 || !marksLine(c, i, length))
      ) {
        to[o++] = c;
        column++;
        continue;
      }
    } else if (c === CR || c === LF) {
      if (c === CR && i + 1 < length && from[i + 1] === LF) i++;
      to[o++] = CR;
      to[o++] = LF;
      column = 0;
      continue;
    }
    if (column > LONGEST_QP_LINE - 3) {
      to[o++] = 61;
      to[o++] = CR;
      to[o++] = LF;
      column = 0;
    }
    to[o++] = 61;
    to[o++] = HEX[c >> 4] as number; // 16 entries
    to[o++] = HEX[c & 15] as number;
    column += 3;
  }
  return o;
}

function endsLine(i: number, length: number): boolean {
  return i >= length || source[i] === CR || source[i] === LF;
}

/** A dot, or "From ", which mailbox files and careless relays would change at a line's start. */
function marksLine(c: number, i: number, length: number): boolean {
  return c === DOT || isMboxFrom(i, length);
}

function isMboxFrom(i: number, length: number): boolean {
  return (
    i + 4 < length &&
    source[i + 1] === 114 &&
    source[i + 2] === 111 &&
    source[i + 3] === 109 &&
    source[i + 4] === SPACE
  );
}

import { createHash, sign } from "node:crypto";
import type { DkimKey } from "./dkim-key.ts";

/** DKIM signatures (RFC 6376, RFC 8463), relaxed/relaxed, over the whole body. */

/** Signed when there is one. */
const SIGNED = [
  "from",
  "reply-to",
  "to",
  "cc",
  "subject",
  "date",
  "message-id",
  "mime-version",
  "content-type",
  "content-transfer-encoding",
  "list-id",
  "list-unsubscribe",
  "list-unsubscribe-post",
];
/** Named once more than there are, so that adding another breaks the signature (RFC 6376 5.4.2). */
const SEALED = new Set([
  "from",
  "reply-to",
  "to",
  "subject",
  "list-unsubscribe",
  "list-unsubscribe-post",
]);
const EMPTY = Buffer.alloc(0);
const CR = 13;
const LF = 10;
const SPACE = 32;
const TAB = 9;

/**
 * The message with a `DKIM-Signature` on top. RSA is signed on the thread pool;
 * Ed25519 is cheaper than the way there and back.
 */
export async function signDkim(message: Buffer, key: DkimKey): Promise<Buffer> {
  const { fields, body } = splitMessage(message);
  const names = signedNames(fields, key);
  const unsignedField =
    `DKIM-Signature: v=1; a=${key.algorithm}; c=relaxed/relaxed; d=${key.domain};\r\n` +
    ` s=${key.selector}; q=dns/txt; bh=${bodyHash(body)};\r\n h=${folded(names)};\r\n b=`;
  const signature = await signatureOf(signedHeader(fields, names, unsignedField), key);
  const field = `${unsignedField}${signature.replace(/.{72}(?=.)/g, "$&\r\n ")}\r\n`;
  return Buffer.concat([Buffer.from(field, "latin1"), message]);
}

/** A header field's bytes as latin1, so that they stay what they are. */
export interface HeaderField {
  /** Lower-case. */
  name: string;
  /** With its folds, without its last CRLF. */
  line: string;
}

/** Header fields from top to bottom, and the body behind the empty line. */
export function splitMessage(message: Buffer): { fields: HeaderField[]; body: Buffer } {
  const end = message.indexOf("\r\n\r\n");
  const head = message.toString("latin1", 0, end === -1 ? message.length : end);
  const fields: HeaderField[] = [];
  for (const line of head.split("\r\n")) {
    const last = fields[fields.length - 1];
    if (last && (line.startsWith(" ") || line.startsWith("\t"))) last.line += `\r\n${line}`;
    else if (line !== "")
      fields.push({ name: line.slice(0, line.indexOf(":")).trimEnd().toLowerCase(), line });
  }
  return { fields, body: end === -1 ? EMPTY : message.subarray(end + 4) };
}

/** `bh=`: SHA-256 of the relaxed body, in base64. */
export function bodyHash(body: Buffer): string {
  return createHash("sha256").update(relaxedBody(body)).digest("base64");
}

/**
 * What is signed (RFC 6376 3.7): the named fields, each from the bottom up, and the
 * signature's own field with an empty `b=`. A name with no field left adds nothing.
 */
export function signedHeader(
  fields: readonly HeaderField[],
  names: readonly string[],
  unsignedField: string,
): string {
  let out = "";
  const next = new Map<string, number>();
  for (const name of names) {
    let i = next.get(name) ?? fields.length - 1;
    while (i >= 0 && fields[i]?.name !== name) i--;
    const field = fields[i];
    if (field) out += `${relaxedField(field.line)}\r\n`;
    next.set(name, i - 1);
  }
  return out + relaxedField(unsignedField);
}

/** Base64 signature; Ed25519 signs the SHA-256 of the data (RFC 8463 3). */
export function signatureOf(data: string, key: DkimKey): Promise<string> {
  const bytes = Buffer.from(data, "latin1");
  if (key.algorithm === "ed25519-sha256") {
    const digest = createHash("sha256").update(bytes).digest();
    return Promise.resolve(sign(null, digest, key.privateKey).toString("base64"));
  }
  return new Promise((resolve, reject) => {
    sign("sha256", bytes, key.privateKey, (error, signature) => {
      if (error) reject(error);
      else resolve(signature.toString("base64"));
    });
  });
}

function signedNames(fields: readonly HeaderField[], key: DkimKey): string[] {
  const names: string[] = [];
  for (const name of SIGNED) {
    if (key.unsigned.includes(name)) continue;
    for (const field of fields) if (field.name === name) names.push(name);
    if (SEALED.has(name)) names.push(name);
  }
  return names;
}

const TO_RELAX = /[\r\t]| {2}| $/;

function relaxedField(line: string): string {
  const colon = line.indexOf(":");
  const name = line.slice(0, colon).trimEnd().toLowerCase();
  const value = line.slice(line[colon + 1] === " " ? colon + 2 : colon + 1);
  if (!TO_RELAX.test(value) && !value.startsWith(" ")) return `${name}:${value}`; // most fields
  const relaxed = value
    .replace(/\r\n/g, "")
    .replace(/[ \t]+/g, " ")
    .replace(/^ | $/g, "");
  return `${name}:${relaxed}`;
}

/** RFC 6376 3.4.4. */
export function relaxedBody(body: Buffer): Buffer {
  const out = Buffer.allocUnsafe(body.length + 2);
  let o = 0;
  let kept = 0; // end of the last line that is not empty
  let gap = false;
  for (let i = 0; i < body.length; i++) {
    const c = body[i] as number; // i < length
    if (c === SPACE || c === TAB) {
      gap = true;
    } else if (c === CR && body[i + 1] === LF) {
      gap = false; // white space at a line's end is ignored
      out[o++] = CR;
      out[o++] = LF;
      i++;
    } else {
      if (gap) {
        out[o++] = SPACE;
        gap = false;
      }
      out[o++] = c;
      kept = o;
    }
  }
  if (kept === 0) return EMPTY;
  out[kept] = CR;
  out[kept + 1] = LF;
  return out.subarray(0, kept + 2);
}

function folded(names: readonly string[]): string {
  let out = "";
  let column = 3;
  names.forEach((name, i) => {
    if (column + name.length + 1 > 74 && i > 0) {
      out += "\r\n ";
      column = 1;
    }
    out += i === names.length - 1 ? name : `${name}:`;
    column += name.length + 1;
  });
  return out;
}

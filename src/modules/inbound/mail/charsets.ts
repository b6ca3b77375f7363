type Decoder = InstanceType<typeof TextDecoder>;

const decoders = new Map<string, Decoder | null>();

/** A decoder that never throws, or null for a charset that nobody knows. */
function decoderFor(label: string): Decoder | null {
  const known = decoders.get(label);
  if (known !== undefined) return known;
  let decoder: Decoder | null = null;
  try {
    decoder = new TextDecoder(label);
  } catch {
    decoder = null;
  }
  if (decoders.size < 200) decoders.set(label, decoder);
  return decoder;
}

const strictUtf8 = new TextDecoder("utf-8", { fatal: true });
const western = new TextDecoder("windows-1252");

/** Escape sequences that only ISO-2022-JP has; old Japanese servers send it undeclared. */
const japanese = ["\u001b$B", "\u001b$@", "\u001b(J", "\u001b(I"];

/** Charsets that are declared by default and say nothing about 8-bit bytes in the text. */
const unsaying = /^(?:us-ascii|ascii|ansi_x3\.4-1968|iso-8859-1|latin1|unknown-8bit|utf-?8)?$/i;

/**
 * Bytes as text. A charset that is wrong or unknown gives the best guess
 * (ISO-2022-JP by its escapes, UTF-8 where it is valid, else windows-1252) and
 * never an error.
 */
export function decodeText(bytes: Buffer, charset: string): string {
  const label = charset.trim().toLowerCase();
  if (unsaying.test(label)) return guessText(bytes);
  return decoderFor(label)?.decode(bytes) ?? guessText(bytes);
}

function guessText(bytes: Buffer): string {
  if (bytes.includes(0x1b) && japanese.some((sequence) => bytes.includes(sequence))) {
    return decoderFor("iso-2022-jp")?.decode(bytes) ?? bytes.toString("latin1");
  }
  try {
    return strictUtf8.decode(bytes);
  } catch {
    return western.decode(bytes);
  }
}

/**
 * Undoes a Content-Transfer-Encoding (RFC 2045 section 6) of at most `limit`
 * bytes; what breaks its rules is taken as it stands.
 */
export function decodeTransfer(body: Buffer, encoding: string, limit: number): Buffer {
  const kind = encoding.trim().toLowerCase();
  if (kind === "base64") {
    return Buffer.from(body.subarray(0, limit * 2).toString("latin1"), "base64").subarray(0, limit);
  }
  if (kind === "quoted-printable") return quotedPrintable(body.subarray(0, limit * 3), limit);
  return body.subarray(0, limit);
}

const equals = 0x3d;
const lineFeed = 0x0a;
const carriageReturn = 0x0d;

function hexDigit(byte: number | undefined): number {
  if (byte === undefined) return -1;
  if (byte >= 0x30 && byte <= 0x39) return byte - 0x30;
  const lower = byte | 0x20;
  return lower >= 0x61 && lower <= 0x66 ? lower - 0x57 : -1;
}

function quotedPrintable(body: Buffer, limit: number): Buffer {
  const decoded = Buffer.allocUnsafe(Math.min(body.length, limit));
  let length = 0;
  for (let at = 0; at < body.length && length < decoded.length; at++) {
    const byte = body[at] ?? 0;
    if (byte !== equals) {
      decoded[length++] = byte;
    } else if (body[at + 1] === lineFeed) {
      at += 1;
    } else if (body[at + 1] === carriageReturn && body[at + 2] === lineFeed) {
      at += 2;
    } else {
      const high = hexDigit(body[at + 1]);
      const low = hexDigit(body[at + 2]);
      if (high < 0 || low < 0) decoded[length++] = byte;
      else {
        decoded[length++] = high * 16 + low;
        at += 2;
      }
    }
  }
  return decoded.subarray(0, length);
}

import { bounds } from "./bounds.ts";
import { decodeTransfer } from "./charsets.ts";
import { headerParameter, headerValue, type MailHeader, readHeaders } from "./headers.ts";

/** A part of a message that holds content itself, or a message attached to it. */
export interface Leaf {
  /** Lower-case media type, text/plain when none is declared. */
  type: string;
  headers: MailHeader[];
  /** How many attached messages it is inside of. */
  level: number;
  body: Buffer;
  /** Headers of an attached message (message/rfc822); its parts follow at the next level. */
  message: MailHeader[] | null;
}

interface Open {
  leaf: Leaf;
  start: number;
  depth: number;
  parent: Open | null;
  /** A multipart holds others; until one is found it may still turn out to be text. */
  multipart: boolean;
  children: number;
}

const attachedMessage = /^message\/(?:rfc822|global|partial)$/;

/**
 * Splits a raw message into its parts in one pass over the bytes, whatever is
 * broken in it: boundaries that are missing, repeated or never closed, and
 * nesting up to the bound (deeper parts are content of the last one).
 * postal-mime is not used for this: it joins delivery reports into other parts
 * and takes texts of attached messages as the message's own.
 */
export function splitMessage(raw: Buffer): { headers: MailHeader[]; leaves: Leaf[] } {
  const leaves: Leaf[] = [];
  const start = startOfHeaders(raw);
  const root = new Splitter(raw, leaves, 0).run(start);
  return { headers: root.headers, leaves };
}

/** Passes over blank lines and the separator line of an mbox file. */
function startOfHeaders(raw: Buffer): number {
  let at = 0;
  while (raw[at] === 0x0a || raw[at] === 0x0d) at++;
  while (raw.subarray(at, at + 5).toString("latin1") === "From " || raw[at] === 0x3e) {
    const end = raw.indexOf(0x0a, at);
    if (end === -1) return at;
    at = end + 1;
  }
  return at;
}

class Splitter {
  readonly #boundaries = new Map<string, Open[]>();
  /** First bytes of the boundaries met so far: most lines with dashes are none of them. */
  readonly #mayBegin = new Set<number>();
  #current: Open | null = null;

  constructor(
    private readonly raw: Buffer,
    private readonly leaves: Leaf[],
    private readonly baseLevel: number,
  ) {}

  run(start: number): Leaf {
    const first = this.#open(start, null, this.baseLevel);
    let at = this.#current?.start ?? start;
    for (;;) {
      const line = this.#nextDashes(at);
      if (line === -1) break;
      const feed = this.raw.indexOf(0x0a, line);
      const end = feed === -1 ? this.raw.length : feed + 1;
      at = end;
      if (end - line > 300 || !this.#mayBegin.has(this.raw[line + 2] ?? 0)) continue;
      const text = this.raw.toString("latin1", line + 2, end).trimEnd();
      const closes = text.endsWith("--") ? this.#boundaries.get(text.slice(0, -2)) : undefined;
      const opens = this.#boundaries.get(text);
      const holder = (opens ?? closes)?.at(-1);
      if (!holder) continue;
      this.#closeInside(holder, line);
      // What comes after the last part that is read belongs to nobody.
      if (this.leaves.length >= bounds.parts) break;
      if (opens) {
        holder.children++;
        this.#open(end, holder, holder.leaf.level);
        at = this.#current?.start ?? end;
      } else if (closes) {
        closes.pop();
        if (closes.length === 0) this.#boundaries.delete(text.slice(0, -2));
        this.#current = holder;
      }
    }
    this.#closeInside(null, this.raw.length);
    return first.leaf;
  }

  /** Where the next line that begins with two dashes stands, -1 when there is none. */
  #nextDashes(from: number): number {
    if (
      (from === 0 || this.raw[from - 1] === 0x0a) &&
      this.raw[from] === 0x2d &&
      this.raw[from + 1] === 0x2d
    )
      return from;
    const found = this.raw.indexOf("\n--", Math.max(0, from - 1), "latin1");
    return found === -1 ? -1 : found + 1;
  }

  #open(start: number, parent: Open | null, level: number): Open {
    const { headers, bodyStart } = this.#readBlock(start);
    const declared = headerValue(headers, "content-type");
    const type = /^[\s"]*([\w.+-]+\/[\w.+-]+)/.exec(declared)?.[1]?.toLowerCase() ?? "text/plain";
    const depth = (parent?.depth ?? 0) + 1;
    const open: Open = {
      leaf: { type, headers, level, body: this.raw.subarray(0, 0), message: null },
      start: bodyStart,
      depth,
      parent,
      multipart: false,
      children: 0,
    };
    this.#current = open;
    if (depth >= bounds.depth) return open;
    const encoding = headerValue(headers, "content-transfer-encoding").toLowerCase();
    if (type.startsWith("multipart/")) {
      const boundary = headerParameter(declared, "boundary") || this.#sniffBoundary(bodyStart);
      if (boundary !== "") {
        open.multipart = true;
        this.#boundaries.set(boundary, [...(this.#boundaries.get(boundary) ?? []), open]);
        this.#mayBegin.add(boundary.charCodeAt(0) & 0xff);
      }
    } else if (attachedMessage.test(type) && !/base64|quoted/.test(encoding)) {
      open.multipart = true;
      open.children = 1;
      this.leaves.push(open.leaf);
      const inner = this.#open(startOfAttached(this.raw, bodyStart), open, level + 1);
      open.leaf.message = inner.leaf.headers;
    }
    return open;
  }

  #readBlock(start: number): { headers: MailHeader[]; bodyStart: number } {
    if (this.raw[start] === 0x0a) return { headers: [], bodyStart: start + 1 };
    if (this.raw[start] === 0x0d && this.raw[start + 1] === 0x0a)
      return { headers: [], bodyStart: start + 2 };
    // A part that has no blank line before its own end has headers only.
    let at = start;
    const limit = Math.min(this.raw.length, start + bounds.headerBytes);
    while (at < limit) {
      const feed = this.raw.indexOf(0x0a, at);
      if (feed === -1) break;
      const blank = feed === at || (feed === at + 1 && this.raw[at] === 0x0d);
      if (blank) return { headers: readHeaders(this.raw.subarray(start, at)), bodyStart: feed + 1 };
      if (this.raw[at] === 0x2d && this.raw[at + 1] === 0x2d && this.#isBoundary(at, feed))
        return { headers: readHeaders(this.raw.subarray(start, at)), bodyStart: at };
      at = feed + 1;
    }
    const end = at < limit ? this.raw.length : at;
    return { headers: readHeaders(this.raw.subarray(start, end)), bodyStart: end };
  }

  #isBoundary(at: number, feed: number): boolean {
    if (feed - at > 300) return false;
    const text = this.raw.toString("latin1", at + 2, feed).trimEnd();
    return this.#boundaries.has(text) || this.#boundaries.has(text.replace(/--$/, ""));
  }

  /** The boundary of a multipart that does not declare one, from its first part. */
  #sniffBoundary(bodyStart: number): string {
    const head = this.raw.toString("latin1", bodyStart, bodyStart + 8_192);
    return /(?:^|\n)--([^\s]{4,200})\r?\nContent-/i.exec(head)?.[1] ?? "";
  }

  /** Ends every open part inside of `holder` (all of them for null) at `end`. */
  #closeInside(holder: Open | null, end: number): void {
    for (let open = this.#current; open && open !== holder; open = open.parent) {
      if (!open.multipart || open.children === 0) this.#keep(open, end);
      if (open.multipart) this.#forget(open);
    }
    this.#current = holder;
  }

  #keep(open: Open, end: number): void {
    const { leaf } = open;
    leaf.body = this.raw.subarray(open.start, Math.max(open.start, end));
    if (leaf.type.startsWith("multipart/")) leaf.type = "text/plain";
    this.leaves.push(leaf);
    const encoding = headerValue(leaf.headers, "content-transfer-encoding");
    if (attachedMessage.test(leaf.type) && leaf.level < 5 && open.depth < bounds.depth) {
      const inner = decodeTransfer(leaf.body, encoding, bounds.bytes);
      const within = new Splitter(inner, this.leaves, leaf.level + 1);
      leaf.message = within.run(startOfHeaders(inner)).headers;
    }
  }

  #forget(open: Open): void {
    for (const [boundary, holders] of this.#boundaries) {
      const kept = holders.filter((each) => each !== open);
      if (kept.length === 0) this.#boundaries.delete(boundary);
      else if (kept.length !== holders.length) this.#boundaries.set(boundary, kept);
    }
  }
}

/** Some servers put blank lines before the headers of the message they return. */
function startOfAttached(raw: Buffer, at: number): number {
  let start = at;
  while (start < at + 8 && (raw[start] === 0x0a || raw[start] === 0x0d)) start++;
  return start;
}

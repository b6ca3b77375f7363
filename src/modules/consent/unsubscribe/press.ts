import type { IncomingMessage } from "node:http";
import type { Readable } from "node:stream";

/** What a press on unsubscribe says beyond its link. Whatever it says, it stops. */
export interface Press {
  /** `page`: our own form; `mail_program`: RFC 8058 one-click, and whoever else posts to the link. */
  by: "page" | "mail_program";
  topicId: string | null;
  undo: string | null;
}

const readAtMost = 8_192;
const waitAtMostMs = 2_000;

/** Reads a press from the first kilobytes of a body of any type, or of none. Never fails. */
export function readPress(body: string): Press {
  const fields = fieldsOf(body);
  const topic = fields.get("topic");
  const byPage = fields.get("by") === "page" && !fields.has("List-Unsubscribe");
  return {
    by: byPage ? "page" : "mail_program",
    topicId: byPage && topic && isUuid(topic) ? topic.toLowerCase() : null,
    undo: fields.get("undo"),
  };
}

/** The fields of a form, urlencoded or multipart. */
export function fieldsOf(body: string): URLSearchParams {
  return body.startsWith("--") ? multipartFields(body) : new URLSearchParams(body);
}

/** The plain fields of a multipart body (RFC 7578), as far as they are whole. */
function multipartFields(body: string): URLSearchParams {
  const fields = new URLSearchParams();
  const boundary = /^--[^\r\n]{1,200}/.exec(body)?.[0] ?? "--";
  for (const part of body.split(boundary)) {
    const found = /^\r?\n([\s\S]*?)\r?\n\r?\n([\s\S]*?)\r?\n$/.exec(part);
    const name = /;\s*name="?([^";\r\n]+)"?/i.exec(found?.[1] ?? "")?.[1];
    if (name) fields.append(name, found?.[2] ?? "");
  }
  return fields;
}

/**
 * The beginning of a request's body, whatever its content type. A body that
 * comes slowly, breaks off or never ends holds nobody up: what is there counts.
 */
export async function bodyStart(request: {
  body?: unknown;
  raw: IncomingMessage;
}): Promise<string> {
  const parsed = request.body;
  if (typeof parsed === "string") return parsed.slice(0, readAtMost);
  if (Buffer.isBuffer(parsed)) return parsed.toString("utf8", 0, readAtMost);
  if (isFields(parsed)) return new URLSearchParams(parsed).toString();
  return startOf(request.raw);
}

function startOf(stream: Readable): Promise<string> {
  return new Promise((done) => {
    const chunks: Buffer[] = [];
    let length = 0;
    const finish = () => {
      clearTimeout(timer);
      stream.off("data", take).off("end", finish).off("error", finish).off("close", finish);
      // The rest is let through unread: a client that still writes must not hang.
      stream.on("error", () => {}).resume();
      done(Buffer.concat(chunks).toString("utf8", 0, readAtMost));
    };
    const take = (chunk: Buffer) => {
      chunks.push(chunk);
      length += chunk.length;
      if (length >= readAtMost) finish();
    };
    const timer = setTimeout(finish, waitAtMostMs);
    if (stream.readableEnded || stream.destroyed) return finish();
    stream.on("data", take).on("end", finish).on("error", finish).on("close", finish);
  });
}

function isFields(body: unknown): body is Record<string, string> {
  return (
    typeof body === "object" &&
    body !== null &&
    !("pipe" in body) &&
    Object.values(body).every((value) => typeof value === "string")
  );
}

export function isUuid(text: string): boolean {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text);
}

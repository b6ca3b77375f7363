import PostalMime, { type Email } from "postal-mime";
import { z } from "zod";
import { id, rfc3339, time } from "../../../kernel/http/index.ts";
import type { KeptMessage } from "./queries.ts";

export const sinkMessageSchema = z.object({
  id,
  to: z.string(),
  from: z.string(),
  subject: z.string(),
  headers: z
    .record(z.string(), z.string())
    .describe("Names in lower case; a repeated header's values are lines"),
  text: z.string().nullable(),
  html: z.string().nullable(),
  received_at: time,
});

/** A message as its recipient's mail program would read it. */
export async function presentKept(kept: KeptMessage): Promise<z.input<typeof sinkMessageSchema>> {
  const mail = await PostalMime.parse(kept.raw);
  return {
    id: kept.id,
    to: kept.envelope_to,
    from: kept.envelope_from,
    subject: mail.subject ?? "",
    headers: headersOf(mail),
    text: mail.text ?? null,
    html: mail.html ?? null,
    received_at: rfc3339(kept.received_at),
  };
}

function headersOf(mail: Email): Record<string, string> {
  const headers = new Map<string, string>();
  for (const { key, value } of mail.headers) {
    const before = headers.get(key);
    headers.set(key, before === undefined ? value : `${before}\n${value}`);
  }
  return Object.fromEntries(headers);
}

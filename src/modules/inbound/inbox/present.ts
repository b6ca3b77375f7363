import { z } from "zod";
import { id, rfc3339, rfc3339OrNull, time } from "../../../kernel/http/index.ts";
import { meanings, type Understanding } from "../understanding.ts";
import type { InboxRow } from "./queries.ts";

export const recipientSchema = z.object({
  address: z.string().nullable(),
  class: z.enum(["hard", "soft", "policy", "unknown"]),
  status: z.string().nullable(),
  reason: z.string(),
  final: z.string().nullable().describe("where it was forwarded to, when that failed"),
  said: z.string().describe("the server's own words"),
});

export const suggestionSchema = z.object({
  name: z.string().optional(),
  email: z.string().optional(),
  phone: z.string().optional(),
});

export const deedSchema = z.object({
  what: z.enum([
    "stopped",
    "lifted",
    "counted_failure",
    "message_reported",
    "follow_ups_ended",
    "follow_ups_paused",
    "follow_ups_postponed",
    "address_suggested",
    "erasure_asked",
  ]),
  stop_id: id.optional(),
  kind: z.string().optional(),
  message_id: id.optional(),
  state: z.string().optional(),
  until: z.string().optional(),
  count: z.number().int().optional(),
});

export const meaningSchema = z.enum(meanings);

/** What was read in a message, as every route that reads one answers it. */
export const readingSchema = z.object({
  kind: z.enum([
    "bounce",
    "delayed",
    "delivered",
    "complaint",
    "auth_failure",
    "not_spam",
    "auto_reply",
    "challenge",
    "reply",
    "unknown",
    "unreadable",
  ]),
  recipients: z.array(recipientSchema),
  meaning: z.string().nullable(),
  certain: z.boolean().nullable(),
  language: z.string().nullable(),
  said: z.string(),
  until: z.string().nullable().describe("ISO date"),
  suggestions: z.array(suggestionSchema),
  understood_as: z.string().nullable(),
  because: z.string(),
  did: z.array(deedSchema),
});

export const inboxSchema = readingSchema.extend({
  id,
  kind: readingSchema.shape.kind.nullable(),
  channel: z.string(),
  source: z.string(),
  state: z.enum(["stored", "waiting", "done"]),
  from: z.object({ address: z.string().nullable(), name: z.string() }),
  to: z.string().nullable(),
  subject: z.string(),
  contact: z.object({ id, name: z.string() }).nullable(),
  message_id: id.nullable().describe("the message of ours that it answers or is about"),
  corrected: z.object({ from: z.string().nullable(), by: id.nullable(), at: time }).nullable(),
  received_at: time,
});

export function present(row: InboxRow): z.input<typeof inboxSchema> {
  return {
    id: row.id,
    channel: row.channel,
    source: row.source,
    state: row.state,
    from: { address: row.from_address, name: row.from_name },
    to: row.to_address,
    subject: row.subject,
    contact:
      row.contact_id && row.contact_name !== null
        ? { id: row.contact_id, name: row.contact_name }
        : null,
    message_id: row.message_id,
    kind: row.kind,
    recipients: row.recipients,
    meaning: row.meaning,
    certain: row.certain,
    language: row.language,
    said: row.said,
    until: row.until,
    suggestions: row.suggestions,
    understood_as: row.understood_as,
    because: row.because,
    did: row.did,
    corrected: row.corrected_at
      ? {
          from: row.corrected_from,
          by: row.corrected_by,
          at: rfc3339OrNull(row.corrected_at) as string,
        }
      : null,
    received_at: rfc3339(row.received_at),
  };
}

export function presentReading(
  understanding: Understanding,
  did: readonly z.input<typeof deedSchema>[],
): z.input<typeof readingSchema> {
  return {
    kind: understanding.kind,
    recipients: [...understanding.recipients],
    meaning: understanding.meaning,
    certain: understanding.certain,
    language: understanding.language,
    said: understanding.said,
    until: understanding.until,
    suggestions: [...understanding.suggestions],
    understood_as: understanding.understoodAs,
    because: understanding.because,
    did: [...did],
  };
}

/** What was understood of a message that is kept. */
export function understandingOf(row: InboxRow): Understanding {
  return {
    kind: row.kind ?? "unknown",
    fromAddress: row.from_address,
    fromName: row.from_name,
    toAddress: row.to_address,
    subject: row.subject,
    mailId: null,
    answers: [],
    token: null,
    recipients: row.recipients,
    meaning: row.meaning,
    certain: row.certain ?? false,
    language: row.language,
    said: row.said,
    until: row.until,
    suggestions: row.suggestions,
    eraseRequested: row.did.some((deed) => deed.what === "erasure_asked"),
    understoodAs: row.understood_as ?? "",
    because: row.because,
  };
}

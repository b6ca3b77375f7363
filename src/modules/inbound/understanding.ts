import type { ReportedRecipient, MailKind as ReportKind } from "./bounces/understanding.ts";
import { type ReplyMeaning as Meaning, replyMeanings, type Suggestion } from "./replies/meaning.ts";

export type { Meaning, ReportedRecipient, Suggestion };
export const meanings = replyMeanings;

/** What mail can be; `unreadable` could not be read in time or at all, and a person looks at it. */
export type MailKind = ReportKind | "unreadable";

/** What was read in an incoming message, before anything is done about it. */
export interface Understanding {
  kind: MailKind;
  fromAddress: string | null;
  fromName: string;
  toAddress: string | null;
  subject: string;
  /** Its own Message-ID, without angle brackets. */
  mailId: string | null;
  /** Message-IDs that it answers or encloses, nearest first, without angle brackets. */
  answers: readonly string[];
  /** A token of ours that it carries: the unsubscribe link's, in a subject or an enclosed message. */
  token: string | null;
  recipients: readonly ReportedRecipient[];
  /** For replies and auto-replies. */
  meaning: Meaning | null;
  /** False when a person should decide. */
  certain: boolean;
  language: string | null;
  said: string;
  /** ISO date: back from leave, or to be asked again. */
  until: string | null;
  suggestions: readonly Suggestion[];
  /** The person also asks to be forgotten (GDPR, article 17). */
  eraseRequested: boolean;
  /** The rule or format by which it was understood. */
  understoodAs: string;
  because: string;
}

/** What was done about a message, as the inbox and the API tell it. */
export interface Deed {
  what:
    | "stopped"
    | "lifted"
    | "counted_failure"
    | "message_reported"
    | "follow_ups_ended"
    | "follow_ups_paused"
    | "follow_ups_postponed"
    | "address_suggested"
    | "erasure_asked";
  stop_id?: string;
  kind?: string;
  message_id?: string;
  state?: string;
  until?: string;
  count?: number;
}

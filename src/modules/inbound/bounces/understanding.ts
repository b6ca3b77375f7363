import type { SmtpPhase } from "./classify.ts";

/** What an incoming message is to us. */
export type MailKind =
  | "bounce"
  | "delayed"
  | "delivered"
  | "complaint"
  | "auth_failure"
  | "not_spam"
  | "auto_reply"
  | "challenge"
  | "reply"
  | "unknown";

/**
 * What a failure says of the address. `hard`: the mailbox or its domain does not
 * exist (any more). `soft`: it does, and cannot take mail now. `policy`: the
 * message or its sender was refused, which says nothing of the address.
 */
export type FailureClass = "hard" | "soft" | "policy" | "unknown";

/** One recipient of ours of whom a report speaks. */
export interface ReportedRecipient {
  /** As we sent to it where the report tells so (Original-Recipient, RFC 3464 2.3.1). */
  address: string | null;
  /** The address that ours was forwarded to and that failed, null when it is the same. */
  final: string | null;
  class: FailureClass;
  /** Enhanced status code (RFC 3463), the most telling one of the report. */
  status: string | null;
  /** A cause of causes.ts. */
  reason: string;
  /** The server's own words, at most 500 characters. */
  said: string;
}

export interface Understanding {
  kind: MailKind;
  recipients: ReportedRecipient[];
  /** Message-ID of the message of ours, without angle brackets. */
  originalMessageId: string | null;
  /** Who our message was to, from the copy or headers that came back. */
  originalTo: string[];
  /** The rule or format that understood it. */
  understood_as: string;
  /** Why, in words for a person. */
  because: string;
}

/** A recipient as a format reads it, before its cause is known. */
export interface Failure {
  address: string | null;
  final?: string | null;
  /** RFC 3464 action; "failed" where a format has no other. */
  action: "failed" | "delayed" | "delivered" | "relayed" | "expanded";
  status: string | null;
  diagnostic: string;
  /** The command of ours that the words answer, null when it is not told. */
  answered?: SmtpPhase | null;
}

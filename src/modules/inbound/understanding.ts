/** What mail can be, by what wrote it and why. */
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
  | "unknown"
  /** It could not be read in time or at all; a person looks at it. */
  | "unreadable";

/** What a person, or their program, says in an answer. */
export type Meaning =
  | "unsubscribe"
  | "stop"
  | "out_of_office"
  | "moved"
  | "left"
  | "retired"
  | "referred"
  | "agreed_to_meet"
  | "wants_information"
  | "not_now"
  | "not_interested"
  | "support_auto_response"
  | "other";

export const meanings: readonly Meaning[] = [
  "unsubscribe",
  "stop",
  "out_of_office",
  "moved",
  "left",
  "retired",
  "referred",
  "agreed_to_meet",
  "wants_information",
  "not_now",
  "not_interested",
  "support_auto_response",
  "other",
];

/** A recipient that a bounce or complaint speaks of. Only `hard` says that the mailbox does not exist. */
export interface ReportedRecipient {
  address: string | null;
  class: "hard" | "soft" | "policy" | "unknown";
  /** Enhanced status code (RFC 3463), when it names one. */
  status: string | null;
  reason: string;
}

/** Somebody else that a reply names. Shown to a person; never written to by itself. */
export interface Suggestion {
  name?: string;
  email?: string;
  phone?: string;
}

/** What was read in an incoming message, before anything is done about it. */
export interface Understanding {
  kind: MailKind;
  fromAddress: string | null;
  fromName: string;
  toAddress: string | null;
  subject: string;
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

/** What a reply can mean; product.md and docs/REPLIES.md say what each does. */
export const replyMeanings = [
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
] as const;
export type ReplyMeaning = (typeof replyMeanings)[number];

export const replyLanguages = ["en", "fr", "es", "de", "nl", "it", "pt"] as const;
export type ReplyLanguage = (typeof replyLanguages)[number];

/** A correction that a person made once and the workspace remembers. */
export interface RememberedPhrase {
  phrase: string;
  meaning: ReplyMeaning;
}

export interface Reply {
  subject: string;
  /** The plain text part; when it is empty, `html` is read. */
  text: string;
  html?: string;
  /** Header names in any case. Read: Auto-Submitted, X-Autoreply, X-Autorespond, Precedence. */
  headers?: Readonly<Record<string, string | undefined>>;
  /** The contact's language, when it is known: it decides between equals. */
  language?: ReplyLanguage;
  phrases?: readonly RememberedPhrase[];
  /** Dates such as "next Monday" count from here. */
  receivedAt: Date;
}

/** Somebody whom a reply names in place of its writer. Never mailed by itself. */
export interface Suggestion {
  name?: string;
  email?: string;
  phone?: string;
}

export interface Understanding {
  meaning: ReplyMeaning;
  /** False: a person decides, and the follow-up pauses until then. */
  certain: boolean;
  language: ReplyLanguage | "unknown";
  /** The new text, without quoted mail and signature. */
  said: string;
  /** ISO date (yyyy-mm-dd) of coming back, or from which "not now" ends. */
  until?: string;
  suggestions?: readonly Suggestion[];
  /** The writer asks that their data be erased (GDPR Art. 17); a person must act on it. */
  erase_requested?: true;
  /** The writer's own words that decided, at most 200 characters; empty when none did. */
  because: string;
  /** The rule that decided. */
  understood_as: string;
}

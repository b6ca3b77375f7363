/**
 * The contract between providers' webhooks and what receives them. Providers
 * implement it and import nothing else of the domain.
 */

/** A webhook as it came. */
export interface HookRequest {
  /** The whole address that the provider called, as it knows it: public URL, path and query. */
  url: string;
  /** Names in lower case. */
  headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  /** The bytes, before anything was parsed: signatures are over these. */
  body: Buffer;
  now: Date;
}

/** What an account knows about its own webhooks. Null is not set up. */
export interface HookSettings {
  /** Signing key, auth token or password, whichever the provider uses. */
  secret: string | null;
  /** SendGrid: the public key of its signed event webhook. */
  verificationKey: string | null;
  /** SES: the one SNS topic that is listened to. */
  topicArn: string | null;
}

/**
 * Why a webhook is not believed: `signature` is wrong or missing, `stale` is signed for
 * another time, `foreign` is signed for somebody else, `not_set_up` cannot be checked
 * because the account lacks what it is checked with, `unreadable` is no webhook at all.
 */
export type HookRefusal = "signature" | "stale" | "foreign" | "not_set_up" | "unreadable";

export type DeliveryKind =
  | "accepted"
  | "delivered"
  | "deferred"
  | "bounced"
  | "complained"
  | "unsubscribed"
  | "failed"
  | "opened"
  | "clicked";

/**
 * What a bounce says: `hard` that the mailbox or number does not exist, `soft` that it could
 * not be reached for now, `policy` that the sender or the content was refused, which says
 * nothing of the address.
 */
export type BounceClass = "hard" | "soft" | "policy";

export interface DeliveryEvent {
  /** Unique at this provider, for ever; equal when the same event is told again. */
  id: string;
  kind: DeliveryKind;
  /** Set for `bounced` alone. */
  bounce: BounceClass | null;
  channel: "email" | "sms" | "whatsapp";
  at: Date;
  /** As the provider wrote it. */
  address: string | null;
  /** Heed's own id of the message. */
  messageId: string | null;
  providerId: string | null;
  /** SMTP status (5.1.1) where there is one, else the provider's code. */
  code: string;
  reason: string;
  /** Mailgun: the token that was signed in place of the body; good for this event alone. */
  nonce?: string;
}

/** A text message that a person sent. */
export interface IncomingText {
  id: string;
  channel: "sms" | "whatsapp";
  /** As the provider wrote them, without `whatsapp:`. */
  from: string;
  to: string;
  text: string;
  at: Date;
  /** The provider answers STOP, START and HELP itself: Heed must not answer as well. */
  answeredByProvider: boolean;
}

export interface HookContent {
  events: readonly DeliveryEvent[];
  texts: readonly IncomingText[];
  /** SNS: where to confirm that this topic may send here; checked already. */
  confirmUrl?: string;
}

/** One provider's webhooks. */
export interface HookReader {
  /** Null when the request is the provider's, for this account and of this time. */
  verify(request: HookRequest, settings: HookSettings): Promise<HookRefusal | null>;
  /** What a verified request says. Throws when it cannot be read; it is kept all the same. */
  read(request: HookRequest): HookContent;
  confirm?(url: string): Promise<void>;
  /** What to answer, with a reply to an incoming text where there is one. */
  answer?(reply: string | null): { type: string; body: string };
}

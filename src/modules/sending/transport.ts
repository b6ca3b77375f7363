/**
 * The contract between the sender and whatever carries a message away. Providers
 * implement it and import nothing else of the domain.
 */

/**
 * S4: exactly these bytes go into MAIL FROM and RCPT TO; one recipient per
 * transaction. Both are plain addr-specs whose domain is already in A-labels.
 */
export interface Envelope {
  from: string;
  to: string;
}

/**
 * What a refusal was about. Only `recipient` says something about the address; a
 * `sender` or `message` refusal would have met any recipient of this campaign, and
 * `connection` means that the server was not reached or lost before the final dot.
 */
export type RefusedAt = "connection" | "sender" | "recipient" | "message";

export type HandOverResult =
  | { outcome: "accepted"; providerId: string | null; response: string }
  /**
   * 4xx, or a connection fault before the final dot: nothing was accepted.
   * `retryAfterMs` is set when the provider itself is out of reach; other messages
   * had better wait that long as well, and it says nothing about this one.
   */
  | {
      outcome: "temporary";
      code: string;
      response: string;
      at: RefusedAt;
      retryAfterMs?: number;
    }
  /**
   * 5xx: this message will not be accepted by trying again. `hard` says that the mailbox or
   * number does not exist, where no SMTP status could say so.
   */
  | { outcome: "permanent"; code: string; response: string; at: RefusedAt; hard?: boolean }
  /** The last check said no; nothing was accepted. */
  | { outcome: "withdrawn" }
  /** Silence after the final dot (S13): perhaps accepted, never sent again by itself. */
  | { outcome: "unknown"; response: string };

export interface HandOver {
  envelope: Envelope;
  /** Heed's own id of the message, for providers that give it back with what becomes of it. */
  messageId?: string;
  /** A whole RFC 5322 message with CRLF line ends, before dot-stuffing; of a text, its words in UTF-8. */
  message: Buffer;
  /**
   * Asked once per attempt that got as far as the body, right before the final dot.
   * Anything but `true` keeps the dot back: `false` is `withdrawn`, an error or no
   * answer in time is `temporary` (S9).
   */
  stillAllowed: () => Promise<boolean>;
}

export interface Transport {
  /** Never rejects for what a server or network does; the result says it all. */
  handOver(input: HandOver): Promise<HandOverResult>;
  /** Lets what is under way finish, then hangs up. */
  close(): Promise<void>;
  /** How many hand-overs can be under way at once: the most that is worth claiming. */
  readonly connections: number;
}

/** What the SMTP servers for tests and benches have in common. */

export interface AcceptedMail {
  from: string;
  to: string[];
  /** Dots unstuffed, without the final dot. */
  data: Buffer;
  acceptedAt: Date;
  acceptedAtNs: bigint;
}

/** Where in a transaction a behaviour sets in; `dot` is the answer to the final dot. */
export type SmtpStage = "connect" | "mail" | "rcpt" | "data" | "body" | "dot";

/** How a server treats a recipient, or everyone. `times` ends it after so many uses. */
export type SmtpBehaviour =
  /** Answers with this instead, such as `550 5.1.1 no such user`; several lines are one reply. */
  | { do: "reply"; at: SmtpStage; reply: string; times?: number }
  /** Hangs up without an answer; `records`: a dot that came counts as accepted. */
  | { do: "drop"; at: SmtpStage; records?: boolean; times?: number }
  /** Never answers. */
  | { do: "hang"; at: SmtpStage; records?: boolean; times?: number }
  /** Accepts, and answers the final dot this much later. */
  | { do: "delay"; delayMs: number; times?: number };

export interface SmtpCounts {
  connections: number;
  transactions: number;
  accepted: number;
  /** Bodies begun and never ended with a dot. */
  abandoned: number;
  resets: number;
}

export interface SmtpRecord {
  readonly port: number;
  readonly accepted: AcceptedMail[];
  readonly counts: SmtpCounts;
  /** For one recipient, or with null for everyone; undefined takes it away. */
  behave(recipient: string | null, behaviour: SmtpBehaviour | undefined): void;
  forget(): void;
  close(): Promise<void>;
}

/** The behaviours in force, and how often each may still be used. */
export class Behaviours {
  readonly #byRecipient = new Map<string | null, SmtpBehaviour & { left: number }>();

  set(recipient: string | null, behaviour: SmtpBehaviour | undefined): void {
    if (behaviour) {
      this.#byRecipient.set(recipient, { ...behaviour, left: behaviour.times ?? Infinity });
    } else this.#byRecipient.delete(recipient);
  }

  /** The behaviour that sets in here, and counts it as used. */
  at(stage: SmtpStage, recipients: readonly string[]): SmtpBehaviour | undefined {
    if (this.#byRecipient.size === 0) return undefined;
    for (const key of [...recipients, null]) {
      const found = this.#byRecipient.get(key);
      if (!found || found.left <= 0) continue;
      if ((found.do === "delay" ? "dot" : found.at) !== stage) continue;
      found.left--;
      return found;
    }
    return undefined;
  }
}

export function noCounts(): SmtpCounts {
  return { connections: 0, transactions: 0, accepted: 0, abandoned: 0, resets: 0 };
}

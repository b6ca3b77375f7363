import type { HandOver, HandOverResult, Transport } from "../../modules/sending/transport.ts";
import { connectionFault, type SmtpFault } from "./reply.ts";
import { SmtpSession } from "./session.ts";
import { type CheckedSmtpSettings, checkedSettings, type SmtpSettings } from "./settings.ts";

/**
 * The wire's own wall, whoever calls: nothing that a server or library could read as
 * more, less or other than one address (S4).
 */
const PLAIN = /^[^\s<>()[\]\\,;:"@\p{Cc}\p{Cf}\p{Cs}\p{Z}]+@[A-Za-z0-9._-]+$/u;

/** A pool of connections to one SMTP server. Throws HeedError for settings that cannot work. */
export function createSmtpTransport(settings: SmtpSettings): Transport {
  return new SmtpTransport(checkedSettings(settings));
}

type Lease = { session: SmtpSession } | { refused: HandOverResult };

class SmtpTransport implements Transport {
  readonly #settings: CheckedSmtpSettings;
  readonly #live = new Set<SmtpSession>();
  readonly #idle: SmtpSession[] = [];
  readonly #waiting: ((lease: Lease | Promise<Lease>) => void)[] = [];
  #opening = 0;
  #underWay = 0;
  #failures = 0;
  #notBefore = 0;
  #lastFault: SmtpFault = { message: "The server is out of reach" };
  #closed = false;
  readonly #whenQuiet: (() => void)[] = [];

  constructor(settings: CheckedSmtpSettings) {
    this.#settings = settings;
  }

  get connections(): number {
    return this.#settings.connections;
  }

  async handOver(input: HandOver): Promise<HandOverResult> {
    for (const [field, at] of [
      ["from", "sender"],
      ["to", "recipient"],
    ] as const) {
      if (!PLAIN.test(input.envelope[field])) {
        const response = "Not a plain e-mail address; nothing was sent";
        return { outcome: "permanent", code: "5.1.3", response, at };
      }
    }
    if (this.#closed)
      return connectionFault({ message: "The transport is closed", code: "closed" });
    this.#underWay++;
    try {
      return await this.#attempt(input);
    } finally {
      this.#underWay--;
      if (this.#underWay === 0) for (const quiet of this.#whenQuiet.splice(0)) quiet();
    }
  }

  async close(): Promise<void> {
    this.#closed = true;
    if (this.#underWay > 0) await new Promise<void>((resolve) => this.#whenQuiet.push(resolve));
    for (const session of this.#live) session.quit();
    this.#live.clear();
    this.#idle.length = 0;
  }

  async #attempt(input: HandOver): Promise<HandOverResult> {
    // A server may hang up on an unused connection just as we begin: twice at most,
    // and only while it has not been asked for the body (S13).
    for (let again = true; ; again = false) {
      const lease = await this.#lease();
      if ("refused" in lease) return lease.refused;
      const { result, untouched } = await lease.session.deliver(input);
      this.#release(lease.session);
      if (!untouched || !again) return result;
    }
  }

  #lease(): Lease | Promise<Lease> {
    for (let session = this.#idle.pop(); session; session = this.#idle.pop()) {
      if (session.usable) return { session };
    }
    if (this.#live.size + this.#opening < this.#settings.connections) {
      if (Date.now() >= this.#notBefore) return this.#open();
      if (this.#live.size + this.#opening === 0) return this.#refuse();
    }
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  async #open(): Promise<Lease> {
    this.#opening++;
    try {
      const session = await SmtpSession.open(this.#settings, (lost) => this.#forget(lost));
      this.#opening--;
      this.#failures = 0;
      this.#notBefore = 0;
      this.#live.add(session);
      return { session };
    } catch (error) {
      this.#opening--;
      this.#backOff(error as SmtpFault); // open() rejects with nothing else
    }
    // some servers allow fewer connections than we were told: the others will do
    if (this.#live.size > 0) return this.#lease();
    const refused = this.#refuse();
    if (this.#opening === 0) for (const waiter of this.#waiting.splice(0)) waiter(refused);
    return refused;
  }

  #backOff(fault: SmtpFault): void {
    this.#lastFault = fault;
    // those that failed together count once
    if (Date.now() < this.#notBefore) return;
    const [first, longest] = this.#settings.limits.backOffMs;
    const pause = Math.min(first * 2 ** this.#failures++, longest);
    this.#notBefore = Date.now() + pause * (0.75 + Math.random() / 4);
  }

  #refuse(): Lease {
    const retryAfterMs = Math.max(0, Math.ceil(this.#notBefore - Date.now()));
    return { refused: connectionFault(this.#lastFault, retryAfterMs) };
  }

  #release(session: SmtpSession): void {
    if (session.ready()) this.#next(session, true);
    else void session.settle().then((ready) => this.#next(session, ready));
  }

  #next(session: SmtpSession, ready: boolean): void {
    if (!ready || this.#closed) {
      this.#live.delete(session);
      session.quit();
      const waiter = this.#waiting.shift();
      if (waiter) waiter(this.#lease());
      return;
    }
    const waiter = this.#waiting.shift();
    if (waiter) {
      waiter({ session });
      return;
    }
    this.#idle.push(session);
    session.rest((tired) => {
      this.#forget(tired);
      tired.quit();
    });
  }

  /** An unused connection that ended. */
  #forget(session: SmtpSession): void {
    this.#live.delete(session);
    const i = this.#idle.indexOf(session);
    if (i !== -1) this.#idle.splice(i, 1);
  }
}

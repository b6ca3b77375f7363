import SMTPConnection from "nodemailer/lib/smtp-connection";
import type { HandOver, HandOverResult } from "../../modules/sending/transport.ts";
import { HeldMessage } from "./held-message.ts";
import { connectionFault, providerIdOf, refusal, type SmtpFault, withoutSecrets } from "./reply.ts";
import type { CheckedSmtpSettings } from "./settings.ts";

const NOT_ASCII = /[\u0080-\uffff]/;

export interface Delivery {
  result: HandOverResult;
  /**
   * The server hung up on a connection that had been in use before, without a word on
   * this message and before it was asked for the body: it may go out on another one.
   */
  untouched: boolean;
}

/** One connection to a server, logged in; carries one message at a time. */
export class SmtpSession {
  /** Messages tried on it. */
  used = 0;
  /** False once it cannot carry another message. */
  usable = true;
  #needsReset = false;
  #busy = false;
  #idleTimer: NodeJS.Timeout | undefined;
  readonly #connection: SMTPConnection;
  readonly #settings: CheckedSmtpSettings;
  readonly #speaksUtf8: boolean;

  private constructor(connection: SMTPConnection, settings: CheckedSmtpSettings, utf8: boolean) {
    this.#connection = connection;
    this.#settings = settings;
    this.#speaksUtf8 = utf8;
  }

  /** Connects, secures and logs in; rejects with an SmtpFault. `onLost` is told when it ends while unused. */
  static open(
    settings: CheckedSmtpSettings,
    onLost: (session: SmtpSession) => void,
  ): Promise<SmtpSession> {
    const { limits } = settings;
    const connection = new SMTPConnection({
      host: settings.host,
      port: settings.port,
      secure: settings.tls === "implicit",
      requireTLS: settings.tls === "starttls",
      ignoreTLS: settings.tls === "none",
      name: settings.ehloName,
      localAddress: settings.localAddress,
      tls: { minVersion: "TLSv1.2", ...settings.tlsOptions },
      connectionTimeout: limits.connectMs,
      greetingTimeout: limits.connectMs,
      dnsTimeout: limits.connectMs,
      // our own limits are narrower; this one ends what they cannot see
      socketTimeout:
        Math.max(limits.answerMs, limits.bodyMs, limits.commandMs, limits.idleMs) + 5_000,
      // hanging up means at once: a polite end would first send what is still queued
      socketCloseTimeout: 0,
    });
    return new Promise((resolve, reject) => {
      let session: SmtpSession | undefined;
      const timer = setTimeout(
        () => fail(timedOut("Connecting")),
        limits.connectMs + limits.commandMs,
      );
      const fail = (error: SmtpFault) => {
        clearTimeout(timer);
        reject(cleaned(error, settings)); // before closing, which ends the connection and comes back here
        connection.close();
      };
      const ready = (utf8: boolean) => {
        clearTimeout(timer);
        session = new SmtpSession(connection, settings, utf8);
        resolve(session);
      };
      connection.on("error", (error: SmtpFault) => {
        if (!session) fail(error);
      });
      connection.on("end", () => {
        if (!session) return fail({ message: "The server hung up", code: "ECONNECTION" });
        session.usable = false;
        clearTimeout(session.#idleTimer);
        if (!session.#busy) onLost(session);
      });
      connection.connect((error) => {
        if (error) return fail(error);
        const utf8 = /[ -]SMTPUTF8\b/im.test(connection.lastServerResponse || "");
        if (!settings.auth) return ready(utf8);
        connection.login({ ...settings.auth }, (refused) =>
          refused ? fail(refused) : ready(utf8),
        );
      });
    });
  }

  /** Carries one message; never rejects. Afterwards `settle()` says whether it can carry another. */
  deliver({ envelope, message, stillAllowed }: HandOver): Promise<Delivery> {
    const utf8 = NOT_ASCII.test(envelope.to) || NOT_ASCII.test(envelope.from);
    if (utf8 && !this.#speaksUtf8) {
      // RFC 6531 3.2: such an address must not be put before a server that did not offer it
      const response = "The server does not take addresses beyond ASCII (SMTPUTF8)";
      const at = NOT_ASCII.test(envelope.to) ? "recipient" : "sender";
      const result: HandOverResult = { outcome: "permanent", code: "5.6.7", response, at };
      return Promise.resolve({ result, untouched: false });
    }
    const { limits } = this.#settings;
    const reused = this.used++ > 0;
    this.#busy = true;
    return new Promise((resolve) => {
      let phase: "envelope" | "body" | "check" | "dot" | "done" = "envelope";
      let timer: NodeJS.Timeout;
      const limit = (what: string, ms: number) => {
        clearTimeout(timer);
        timer = setTimeout(() => broken(timedOut(what)), ms);
      };
      const finish = (result: HandOverResult, untouched = false) => {
        phase = "done";
        clearTimeout(timer);
        this.#busy = false;
        resolve({ result, untouched });
      };
      /** The connection is of no more use; before the dot that means nothing was accepted. */
      const broken = (fault: SmtpFault, untouched = false) => {
        if (phase === "done") return;
        const clean = cleaned(fault, this.#settings);
        const result: HandOverResult =
          phase === "dot"
            ? { outcome: "unknown", response: clean.response ?? clean.message }
            : connectionFault(clean);
        this.#abandon();
        finish(result, untouched);
      };
      const withdraw = (result: HandOverResult) => {
        this.#abandon();
        finish(result);
      };
      const check = () => {
        phase = "check";
        limit("The last check", limits.checkMs);
        askOnce(stillAllowed).then(
          (allowed) => {
            if (phase !== "check") return; // the time was up, or the connection gone
            if (allowed !== true) return withdraw({ outcome: "withdrawn" });
            phase = "dot";
            limit("The answer to the final dot", limits.answerMs);
            held.release();
          },
          () => broken({ message: "The last check failed", code: "last_check_failed" }),
        );
      };
      const held = new HeldMessage(
        message,
        () => {
          if (phase !== "envelope") return;
          phase = "body";
          limit("The body", limits.bodyMs);
        },
        check,
      );
      limit("The envelope", limits.commandMs);
      const size = message.length;
      const plan = { from: envelope.from, to: [envelope.to], size, use8BitMime: utf8 };
      this.#connection.send(plan, held, (error: SmtpFault | null, info) => {
        if (phase === "done") return;
        if (!error) {
          // an answer to a dot that was never sent: the server is out of step, and may keep it
          if (phase !== "dot") {
            this.#abandon();
            return finish({ outcome: "unknown", response: info?.response ?? "" });
          }
          const response = info?.response ?? "";
          const providerId = providerIdOf(response, info?.serverMessageId);
          return finish({ outcome: "accepted", providerId, response });
        }
        const refused = refusal(cleaned(error, this.#settings));
        if (!refused) return broken(error, reused && phase === "envelope" && !error.responseCode);
        // refused before its body was complete: the rest must never be taken for a command
        if (phase === "body" || phase === "check") this.#abandon();
        this.#needsReset = true;
        finish(refused);
      });
    });
  }

  /** Whether it can carry the next message at once. */
  ready(): boolean {
    return this.usable && !this.#needsReset && this.used < this.#settings.messagesPerConnection;
  }

  /** Resolves to whether the connection can carry another message, after RSET where one is due. */
  async settle(): Promise<boolean> {
    if (!this.usable || this.used >= this.#settings.messagesPerConnection) return false;
    if (!this.#needsReset) return true;
    this.#needsReset = false;
    this.#busy = true;
    const done = await new Promise<boolean>((resolve) => {
      const settled = (ok: boolean) => {
        clearTimeout(timer);
        this.#connection.off("end", lost);
        resolve(ok);
      };
      const lost = () => settled(false);
      const timer = setTimeout(lost, this.#settings.limits.commandMs);
      this.#connection.once("end", lost);
      this.#connection.reset((error) => settled(!error));
    });
    this.#busy = false;
    return done && this.usable;
  }

  /** Hangs up by itself when nobody has used it for a while. */
  rest(onTired: (session: SmtpSession) => void): void {
    if (this.#idleTimer) this.#idleTimer.refresh();
    else {
      this.#idleTimer = setTimeout(() => {
        if (!this.#busy) onTired(this);
      }, this.#settings.limits.idleMs).unref();
    }
  }

  /** QUIT; hangs up when no answer comes. */
  quit(): void {
    clearTimeout(this.#idleTimer);
    if (!this.usable) return;
    this.usable = false;
    this.#busy = true; // its end is no loss
    this.#connection.quit();
    setTimeout(() => this.#connection.close(), 2_000).unref();
  }

  /** Closes the socket without the final dot: the server drops what it has (RFC 5321 4.1.1.4). */
  #abandon(): void {
    this.usable = false;
    clearTimeout(this.#idleTimer);
    this.#connection.close();
  }
}

/** An async function, so that a check that throws is a check that rejects. */
async function askOnce(stillAllowed: () => Promise<boolean>): Promise<boolean> {
  return await stillAllowed();
}

function timedOut(what: string): SmtpFault {
  return { message: `${what} took too long`, code: "ETIMEDOUT" };
}

function cleaned(fault: SmtpFault, settings: CheckedSmtpSettings): SmtpFault {
  const pass = settings.auth?.pass;
  if (!pass) return fault;
  const user = settings.auth?.user ?? "";
  const encoded = (text: string) => Buffer.from(text).toString("base64");
  const secrets = [encoded(`\0${user}\0${pass}`), encoded(pass), pass]; // the longest first
  const response =
    fault.response === undefined ? undefined : withoutSecrets(fault.response, secrets);
  const { code, originalCode, command, responseCode } = fault;
  return {
    code,
    originalCode,
    command,
    responseCode,
    response,
    message: withoutSecrets(fault.message, secrets),
  };
}

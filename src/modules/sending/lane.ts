import type { Database, PinnedConnection } from "../../kernel/database/index.ts";
import { messageOf } from "../../kernel/errors.ts";
import { makeUnsubscribeToken } from "../consent/index.ts";
import type { SendingAccount } from "./account.ts";
import { Batcher } from "./batcher.ts";
import { claimNext } from "./claim.ts";
import { withFencesUnmoved } from "./claim-queries.ts";
import type { Composer, Letter, Links } from "./composer.ts";
import type { ClaimedMessage } from "./message.ts";
import { compileMail } from "./mime/compile.ts";
import { signDkim } from "./mime/dkim.ts";
import { type DkimKey, parseDkimKey } from "./mime/dkim-key.ts";
import { type Outcome, recordAll } from "./record-outcomes.ts";
import type { HandOverResult, Transport } from "./transport.ts";

export interface LaneOptions {
  db: Database;
  account: SendingAccount;
  transport: Transport;
  composer: Composer;
  workerId: string;
  /** Where recipients reach this Heed; no trailing slash. */
  publicUrl: string;
}

/** Claimed messages ahead of the wire, as a multiple of its connections: enough to keep them busy, few enough that a stop waits milliseconds. */
const aheadPerConnection = 4;
/** Outcomes that may wait to be recorded before nothing more is claimed. */
const mostUnrecorded = 1_000;
/** A lane ends after this and a new one begins, so that changed settings take effect (ms). */
const longestRun = 5_000;
/** How long nothing may move before what is on the wire counts as stuck, and how soon to look for what fell due meanwhile (ms). */
const patience = 1_000;
const lookAgainMs = 250;

/** Sends one account's due messages until none is left. */
export class Lane {
  readonly #options: LaneOptions;
  /** Null where texts are sent, which have no headers. */
  readonly #compile: ReturnType<typeof compileMail> | null;
  readonly #dkim: DkimKey | null;
  readonly #domain: string;
  /** Messages claimed and not yet handed over, and those handed over and not yet recorded. */
  #onWire = 0;
  #unrecorded = 0;
  #wake: () => void = () => {};
  readonly #outcomes: Batcher<Outcome, void>;
  /** Journalling and waiting that follow the commit of outcomes: nobody is to be answered, so sending goes on meanwhile. */
  readonly #afterwards = new Set<Promise<void>>();
  #pinned: PinnedConnection | null = null;
  #checkFailed = false;
  #stopping = false;
  #pausedUntil = 0;

  constructor(options: LaneOptions) {
    const { account } = options;
    this.#options = options;
    this.#compile =
      account.channel === "email"
        ? compileMail({
            from: { name: account.from_name, address: account.from_address },
            ...(account.reply_to ? { replyTo: account.reply_to } : {}),
          })
        : null;
    this.#dkim = account.dkim ? parseDkimKey(account.dkim) : null;
    this.#domain = account.from_address.slice(account.from_address.lastIndexOf("@") + 1);
    this.#outcomes = new Batcher<Outcome, void>(
      async (outcomes) => {
        await this.#commit(outcomes);
        return outcomes.map(() => undefined);
      },
      { gatherMs: 12, most: 500 },
    );
  }

  /** Lets what is claimed finish, and claims nothing more. */
  stop(): void {
    this.#stopping = true;
  }

  async run(): Promise<void> {
    const { db, account, transport } = this.#options;
    const ahead = transport.connections * aheadPerConnection;
    this.#pinned = await db.pinnedTo(account.workspace_id);
    const lastCheck = new Batcher<ClaimedMessage, boolean>(
      async (messages) => {
        try {
          const unmoved = await withFencesUnmoved(
            this.#pinned as PinnedConnection,
            account.workspace_id,
            messages,
          );
          return messages.map((message) => unmoved.has(message.id));
        } catch (error) {
          this.#checkFailed = true; // the next lane begins with a new connection
          throw error;
        }
      },
      { gatherMs: 0, most: 500 },
    );
    let ends = Date.now() + longestRun;
    try {
      for (;;) {
        if (this.#stopping || this.#checkFailed || Date.now() < this.#pausedUntil) break;
        if (Date.now() > ends) {
          if (await this.#drained()) break;
          // A server may be silent after a final dot for minutes: the others go on, with the settings as they are.
          ends = Date.now() + longestRun;
        }
        const room = transport.connections + ahead - this.#onWire;
        if (room < ahead / 2 || this.#unrecorded > mostUnrecorded) {
          await this.#oneMoves();
          continue;
        }
        const claimed = await this.#claim(room);
        if (claimed.messages.length === 0) {
          if (claimed.movedOn) continue;
          if (this.#onWire + this.#unrecorded === 0) break;
          // A server that is slow with one message must not hold up those that fall due meanwhile.
          await this.#oneMoves(lookAgainMs);
          continue;
        }
        for (const message of claimed.messages) void this.#send(message, claimed.write, lastCheck);
      }
    } finally {
      while (this.#onWire + this.#unrecorded > 0) await this.#oneMoves();
      await this.#outcomes.settled();
      await Promise.allSettled(this.#afterwards);
      await this.#pinned.close();
    }
  }

  /** Waits until nothing is on its way any more; false when nothing has moved for a while. */
  async #drained(): Promise<boolean> {
    for (let left = this.#onWire + this.#unrecorded; left > 0; ) {
      await this.#oneMoves(patience);
      const now = this.#onWire + this.#unrecorded;
      if (now === left) return false;
      left = now;
    }
    return true;
  }

  /** Resolves when the next message leaves the wire or is recorded, or when the time is up. */
  #oneMoves(atMostMs?: number): Promise<void> {
    return new Promise((wake) => {
      const timer = atMostMs === undefined ? undefined : setTimeout(wake, atMostMs);
      this.#wake = () => {
        clearTimeout(timer);
        wake();
      };
    });
  }

  /** Records outcomes; resolves at the commit, before what a stop made by a bounce waits for. */
  #commit(outcomes: readonly Outcome[]): Promise<void> {
    const { db, account } = this.#options;
    return new Promise((committed, failed) => {
      const whole: Promise<void> = db
        .inWorkspacePrepared(account.workspace_id, (tx) => {
          tx.afterCommit(async () => committed());
          return recordAll(tx, outcomes, Math.random);
        })
        .catch((error) => {
          db.log.error(
            { err: messageOf(error), account: account.id },
            "recording what was sent met an error",
          );
          failed(error); // says nothing any more when it came after the commit
        })
        .finally(() => this.#afterwards.delete(whole));
      this.#afterwards.add(whole);
    });
  }

  /** What a provider said must not be lost: tried again until it is recorded, alone, so that no other outcome can be in its way. */
  async #record(outcome: Outcome): Promise<void> {
    try {
      await this.#outcomes.ask(outcome);
      return;
    } catch {
      // The database was out of reach, or another outcome of the batch could not be recorded.
    }
    for (let wait = 100; !this.#stopping; wait = Math.min(wait * 2, 5_000)) {
      await new Promise((wake) => setTimeout(wake, wait));
      if (
        await this.#commit([outcome]).then(
          () => true,
          () => false,
        )
      )
        return;
    }
  }

  #claim(limit: number) {
    const { db, account, composer, workerId } = this.#options;
    return db.inWorkspacePrepared(account.workspace_id, async (tx) => {
      const { claimed: messages, movedOn } = await claimNext(tx, {
        accountId: account.id,
        workerId,
        limit,
      });
      const write =
        messages.length > 0 ? await composer.prepare(tx, account, messages) : nothingToWrite;
      return { messages, movedOn, write };
    });
  }

  async #send(
    message: ClaimedMessage,
    write: (message: ClaimedMessage, links: Links) => Letter,
    lastCheck: Batcher<ClaimedMessage, boolean>,
  ): Promise<void> {
    this.#onWire++;
    const result = await this.#handOver(message, write, lastCheck);
    this.#onWire--;
    this.#unrecorded++;
    this.#wake();
    await this.#record({ message, result });
    this.#unrecorded--;
    this.#wake();
  }

  async #handOver(
    message: ClaimedMessage,
    write: (message: ClaimedMessage, links: Links) => Letter,
    lastCheck: Batcher<ClaimedMessage, boolean>,
  ): Promise<Outcome["result"]> {
    let raw: Buffer;
    try {
      raw = this.#render(message, write);
      if (this.#dkim && this.#compile) raw = await signDkim(raw, this.#dkim);
    } catch (error) {
      return { outcome: "unsendable", because: messageOf(error) };
    }
    const result: HandOverResult = await this.#options.transport
      .handOver({
        envelope: { from: this.#options.account.from_address, to: message.address },
        messageId: message.id,
        message: raw,
        stillAllowed: () => lastCheck.ask(message),
      })
      // A transport promises not to throw. If one does, nobody knows whether the message went (S9, S13).
      .catch((error): HandOverResult => ({ outcome: "unknown", response: messageOf(error) }));
    if (result.outcome === "temporary" && result.retryAfterMs) {
      this.#pausedUntil = Math.max(this.#pausedUntil, Date.now() + result.retryAfterMs);
    }
    return result;
  }

  #render(
    message: ClaimedMessage,
    write: (message: ClaimedMessage, links: Links) => Letter,
  ): Buffer {
    const { account, db, publicUrl } = this.#options;
    const token = makeUnsubscribeToken(db.secrets, {
      workspaceId: account.workspace_id,
      key: message.key,
      channel: message.channel,
      messageId: message.id,
    });
    const url = `${publicUrl}/u/${token}`;
    const letter = write(message, { unsubscribeUrl: url });
    if (!this.#compile) return Buffer.from(letter.text);
    return this.#compile({
      messageId: `${message.id}@${this.#domain}`,
      date: new Date(),
      to: message.address,
      ...(letter.toName ? { toName: letter.toName } : {}),
      subject: letter.subject,
      text: letter.text,
      ...(letter.html ? { html: letter.html } : {}),
      ...(letter.headers ? { extraHeaders: letter.headers } : {}),
      listUnsubscribe: {
        url,
        mailto: `mailto:${account.reply_to ?? account.from_address}?subject=unsubscribe%20${token}`,
      },
    });
  }
}

function nothingToWrite(): Letter {
  throw new Error("no message was claimed");
}

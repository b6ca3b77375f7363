import type { Database, PinnedConnection } from "../../kernel/database/index.ts";
import { messageOf } from "../../kernel/errors.ts";
import type { SendingAccount } from "./account.ts";
import { Batcher } from "./batcher.ts";
import { claimNext } from "./claim.ts";
import type { Position } from "./claim-queries.ts";
import type { Composer } from "./composer.ts";
import { withFencesUnmoved } from "./fence-queries.ts";
import { mailsOf, returnAddressOf } from "./mails-of.ts";
import type { ClaimedMessage } from "./message.ts";
import { Pace } from "./pace.ts";
import { nothing, notWritten, prepare, type Write } from "./prepare.ts";
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
  /** Whether the account is as this lane knows it. */
  upToDate: () => Promise<boolean>;
}

/** Outcomes that may wait to be recorded before nothing more is claimed. */
const mostUnrecorded = 1_000;
/** A lane ends after this and a new one begins, so that changed settings take effect (ms). */
const longestRun = 5_000;
/** How long nothing may move before what is on the wire counts as stuck, and how soon to look for what fell due meanwhile (ms). */
const patience = 1_000;
const lookAgainMs = 250;

/** Sends one account's due messages until none is left or its settings have changed. */
export class Lane {
  readonly #options: LaneOptions;
  readonly #mail: ReturnType<typeof mailsOf>;
  /** Messages claimed and not yet handed over, and those handed over and not yet recorded. */
  #onWire = 0;
  #unrecorded = 0;
  #wake: () => void = () => {};
  /** Claimed and not yet written. A few more than there are connections are being written or carried at a time, so that no batch of letters holds up everything else. */
  readonly #waiting: { message: ClaimedMessage; write: Write }[] = [];
  #underWay = 0;
  readonly #lastCheck: Batcher<ClaimedMessage, boolean>;
  readonly #outcomes: Batcher<Outcome, void>;
  /** Journalling and waiting that follow the commit of outcomes: nobody is to be answered, so sending goes on meanwhile. */
  readonly #afterwards = new Set<Promise<void>>();
  #pinned: PinnedConnection | null = null;
  #checkFailed = false;
  #stopping = false;
  #pausedUntil = 0;
  /** Where the claim before ended in the queue, and until when to go on from there: what became due before it meanwhile has its turn then. */
  #position: Position | null = null;
  #fromBeginningAt = 0;
  readonly #pace: Pace;

  constructor(options: LaneOptions) {
    this.#options = options;
    this.#pace = new Pace(options.transport.connections);
    this.#mail = mailsOf(options);
    this.#lastCheck = new Batcher((messages) => this.#stillAllowed(messages), {
      gatherMs: 0,
      most: 500,
    });
    this.#outcomes = new Batcher<Outcome, void>(
      async (outcomes) => {
        await this.#commit(outcomes);
        return outcomes.map(() => undefined);
      },
      { gatherMs: 8, most: 500 },
    );
  }

  /** S1: whether the fences are as the claim saw them. */
  async #stillAllowed(messages: readonly ClaimedMessage[]): Promise<boolean[]> {
    const { workspace_id } = this.#options.account;
    try {
      const pinned = this.#pinned as PinnedConnection;
      const unmoved = await withFencesUnmoved(pinned, workspace_id, messages);
      return messages.map((message) => unmoved.has(message.id));
    } catch (error) {
      this.#checkFailed = true; // the next lane begins with a new connection
      throw error;
    }
  }

  get accountId(): string {
    return this.#options.account.id;
  }

  /** Lets what is claimed finish, and claims nothing more. */
  stop(): void {
    this.#stopping = true;
  }

  /** `makeRoom` is called when the settings have changed: another lane may begin while what this one has claimed finishes. */
  async run(makeRoom: () => void): Promise<void> {
    const { db, account, transport, upToDate } = this.#options;
    this.#pinned = await db.pinnedTo(account.workspace_id);
    let ends = Date.now() + longestRun;
    try {
      for (;;) {
        if (this.#stopping || this.#checkFailed || Date.now() < this.#pausedUntil) break;
        if (Date.now() > ends) {
          if (!(await upToDate())) {
            makeRoom();
            break;
          }
          if (await this.#drained()) break;
          // A server may be silent after a final dot for minutes: the others go on.
          ends = Date.now() + longestRun;
        }
        const ahead = this.#pace.ahead();
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
        this.#onWire += claimed.messages.length;
        for (const message of claimed.messages) {
          this.#waiting.push({ message, write: claimed.write });
        }
        this.#startMore();
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

  /** Claims in a transaction that holds its fences no longer than it must; what the letters need is read after its commit. */
  async #claim(limit: number) {
    const { db, account, composer, workerId } = this.#options;
    if (Date.now() > this.#fromBeginningAt) {
      this.#fromBeginningAt = Date.now() + lookAgainMs;
      this.#position = null;
    }
    const { claimed, movedOn, ended } = await db.inWorkspacePrepared(account.workspace_id, (tx) =>
      claimNext(tx, { accountId: account.id, workerId, limit, after: this.#position }),
    );
    this.#position = ended;
    const write = claimed.length > 0 ? await prepare(db, account, composer, claimed) : nothing;
    return { messages: claimed, movedOn, write };
  }

  #startMore(): void {
    const most = this.#options.transport.connections * 2;
    while (this.#underWay < most) {
      const next = this.#waiting.shift();
      if (!next) return;
      this.#underWay++;
      void this.#send(next.message, next.write);
    }
  }

  async #send(message: ClaimedMessage, write: Write): Promise<void> {
    const result = await this.#handOver(message, write);
    this.#underWay--;
    this.#startMore();
    this.#onWire--;
    this.#pace.carried();
    this.#unrecorded++;
    this.#wake();
    await this.#record({ message, result });
    this.#unrecorded--;
    this.#wake();
  }

  /** Of the envelope (RFC 5321): the message's own return address, else the account's. */
  #sender(message: ClaimedMessage): string {
    const { db, account } = this.#options;
    return returnAddressOf(db, account, message, "bounce") ?? account.from_address;
  }

  async #handOver(message: ClaimedMessage, write: Write): Promise<Outcome["result"]> {
    let raw: Buffer;
    try {
      raw = await this.#mail(message, write);
    } catch (error) {
      return notWritten(error);
    }
    const result: HandOverResult = await this.#options.transport
      .handOver({
        envelope: { from: this.#sender(message), to: message.address },
        messageId: message.id,
        message: raw,
        stillAllowed: () => this.#lastCheck.ask(message),
      })
      // A transport promises not to throw. If one does, nobody knows whether the message went (S9, S13).
      .catch((error): HandOverResult => ({ outcome: "unknown", response: messageOf(error) }));
    if (result.outcome === "temporary" && result.retryAfterMs) {
      this.#pausedUntil = Math.max(this.#pausedUntil, Date.now() + result.retryAfterMs);
    }
    return result;
  }
}

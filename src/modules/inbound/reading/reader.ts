import type { Worker } from "node:worker_threads";
import { startThread } from "../../../kernel/threads.ts";
import type { Understanding } from "../understanding.ts";

/** What the thread is asked, and what it answers. */
export interface Question {
  id: number;
  raw: Uint8Array;
  phrases: readonly { phrase: string; meaning: string }[];
  receivedAt: Date;
}
export type Reply = { id: number; understanding: Understanding } | { id: number; problem: string };

/** How long reading one message may take (ms); mail made to be slow is left to a person. */
const patience = 2_000;
/** How long the thread may take to load itself, which is no message's fault (ms). */
const loading = 60_000;

/** Mail that could not be understood in time or at all. It is kept, and a person looks at it. */
export class UnreadableMail extends Error {}

interface Asked {
  question: Question;
  resolve(understanding: Understanding): void;
  reject(error: Error): void;
}

/**
 * Reads mail in a thread of its own, one message after the other, so that no
 * message can hold up Heed: one that takes longer than 2 s ends the thread, and
 * the next begins in a new one.
 */
export class Reader {
  #thread: Worker | null = null;
  #current: Asked | null = null;
  #timer: NodeJS.Timeout | undefined;
  readonly #queue: Asked[] = [];
  #count = 0;

  /** @throws UnreadableMail */
  read(mail: Omit<Question, "id">): Promise<Understanding> {
    return new Promise((resolve, reject) => {
      this.#queue.push({ question: { id: ++this.#count, ...mail }, resolve, reject });
      this.#next();
    });
  }

  async close(): Promise<void> {
    const thread = this.#thread;
    this.#thread = null;
    this.#fail("Heed is stopping");
    await thread?.terminate();
  }

  #next(): void {
    if (this.#current) return;
    const asked = this.#queue.shift();
    if (!asked) return;
    this.#current = asked;
    if (this.#thread) this.#ask(this.#thread, asked);
    else this.#thread = this.#begin();
  }

  #ask(thread: Worker, asked: Asked): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#giveUp("reading it took longer than 2 seconds"), patience);
    thread.postMessage(asked.question);
  }

  #begin(): Worker {
    const thread = startThread(import.meta.url, "read-thread", {
      resourceLimits: { maxOldGenerationSizeMb: 512 },
    });
    thread.unref();
    this.#timer = setTimeout(() => this.#giveUp("its reader did not start"), loading);
    thread.on("message", (reply: Reply | "ready") => {
      const asked = this.#current;
      if (thread !== this.#thread || !asked) return;
      if (reply === "ready") return this.#ask(thread, asked);
      if (asked.question.id !== reply.id) return;
      clearTimeout(this.#timer);
      this.#current = null;
      if ("understanding" in reply) asked.resolve(reply.understanding);
      else asked.reject(new UnreadableMail(reply.problem));
      this.#next();
    });
    thread.on("error", (error) => {
      if (thread === this.#thread) this.#giveUp(`reading it failed (${error.message})`);
    });
    return thread;
  }

  #giveUp(because: string): void {
    const thread = this.#thread;
    this.#thread = null;
    void thread?.terminate();
    this.#fail(because, 1);
    this.#next();
  }

  #fail(because: string, most = Number.POSITIVE_INFINITY): void {
    clearTimeout(this.#timer);
    const failed = [this.#current, ...(most === 1 ? [] : this.#queue.splice(0))];
    this.#current = null;
    for (const asked of failed) asked?.reject(new UnreadableMail(because));
  }
}

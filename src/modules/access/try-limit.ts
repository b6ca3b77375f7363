import { HeedError } from "../../kernel/errors.ts";

/** Counts tries by key within a window, in this process alone; a restart forgets. */
export class TryLimit {
  readonly #tries = new Map<string, { count: number; endsAt: number }>();

  constructor(
    private readonly most: number,
    private readonly windowMs: number,
  ) {}

  /** Counts one more try. @throws HeedError too_many_requests when it is one too many */
  count(key: string, now: number): void {
    if (this.#tries.size > 10_000) this.#forgetEnded(now);
    const current = this.#tries.get(key);
    if (!current || current.endsAt <= now) {
      this.#tries.set(key, { count: 1, endsAt: now + this.windowMs });
      return;
    }
    current.count += 1;
    if (current.count > this.most) {
      const seconds = Math.ceil((current.endsAt - now) / 1000);
      throw new HeedError("too_many_requests", `Too many tries. Try again in ${seconds} seconds.`, {
        retry_after_seconds: seconds,
      });
    }
  }

  forget(key: string): void {
    this.#tries.delete(key);
  }

  #forgetEnded(now: number): void {
    for (const [key, { endsAt }] of this.#tries) if (endsAt <= now) this.#tries.delete(key);
    // Still full: somebody is trying names by the thousand. The oldest go.
    for (const key of this.#tries.keys()) {
      if (this.#tries.size <= 10_000) break;
      this.#tries.delete(key);
    }
  }
}

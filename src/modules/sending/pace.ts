/** Claimed messages ahead of the wire: what it carries in so many ms. */
const aheadMs = 30;
const leastAheadPerConnection = 4;
const mostAhead = 400;
const measureEveryMs = 50;

/**
 * How many messages to have claimed beyond those on the connections: enough to keep
 * a fast server busy while the next claim commits, few enough that a stop waits
 * milliseconds. Follows what the wire carried lately.
 */
export class Pace {
  /** Messages a ms. */
  #rate = 0;
  #carried = 0;
  #measuredAt = performance.now();

  constructor(private readonly connections: number) {}

  /** A message has left the wire. */
  carried(): void {
    this.#carried++;
  }

  ahead(): number {
    const now = performance.now();
    const since = now - this.#measuredAt;
    if (since > measureEveryMs) {
      this.#rate = (this.#rate + this.#carried / since) / 2;
      this.#carried = 0;
      this.#measuredAt = now;
    }
    const least = this.connections * leastAheadPerConnection;
    return Math.min(mostAhead, Math.max(least, Math.round(this.#rate * aheadMs)));
  }
}

/**
 * A map that forgets: at most twice `limit` entries, in two generations. What was used lately
 * survives; the rest goes all at once, which costs nothing per look-up.
 */
export class BoundedCache<V> {
  #recent = new Map<string, V>();
  #older = new Map<string, V>();
  readonly #limit: number;

  constructor(limit: number) {
    this.#limit = limit;
  }

  get(key: string): V | undefined {
    const value = this.#recent.get(key);
    if (value !== undefined) return value;
    const old = this.#older.get(key);
    if (old !== undefined) this.#remember(key, old);
    return old;
  }

  set(key: string, value: V): void {
    this.#remember(key, value);
  }

  get size(): number {
    return this.#recent.size + this.#older.size;
  }

  #remember(key: string, value: V): void {
    if (this.#recent.size >= this.#limit) {
      this.#older = this.#recent;
      this.#recent = new Map();
    }
    this.#recent.set(key, value);
  }
}

/**
 * Which row of a file first named an address, in 12 bytes a row: open addressing over 64-bit
 * hashes. Of 3,000,000 rows two different addresses share a hash once in some millions of files;
 * the later row is then rejected as a duplicate, which its file of rejected rows shows.
 */
export class SeenAddresses {
  #high: Uint32Array;
  #low: Uint32Array;
  #rows: Uint32Array;
  #mask: number;
  #used = 0;

  /** `expected` rows, so that the table need not grow. */
  constructor(expected = 1_000) {
    let slots = 1_024;
    while (slots * 0.7 < expected) slots *= 2;
    this.#high = new Uint32Array(slots);
    this.#low = new Uint32Array(slots);
    this.#rows = new Uint32Array(slots);
    this.#mask = slots - 1;
  }

  /** The row that first named this address, or 0; then `row` is remembered as the first. */
  firstRow(address: string, row: number): number {
    const slot = this.#find(address);
    const first = this.#rows[slot] as number;
    if (first !== 0) return first;
    this.#high[slot] = this.#asked[0];
    this.#low[slot] = this.#asked[1];
    this.#rows[slot] = row;
    if (++this.#used > (this.#mask + 1) * 0.8) this.#grow();
    return 0;
  }

  /** The row that first named this address, or 0. */
  rowOf(address: string): number {
    return this.#rows[this.#find(address)] as number;
  }

  readonly #asked: [number, number] = [0, 0];

  /** The slot that holds the address, or the free one where it belongs. */
  #find(address: string): number {
    let high = 0x811c9dc5;
    let low = 0x9e3779b9;
    for (let at = 0; at < address.length; at++) {
      const letter = address.charCodeAt(at);
      high = Math.imul(high ^ letter, 0x01000193);
      low = Math.imul(low ^ letter, 0x85ebca6b) ^ (low >>> 13);
    }
    high = (high ^ (high >>> 15)) >>> 0;
    low = (low ^ (low >>> 16)) >>> 0;
    this.#asked[0] = high;
    this.#asked[1] = low;
    let slot = this.#slotOf(high, low);
    while (this.#rows[slot] !== 0 && (this.#high[slot] !== high || this.#low[slot] !== low)) {
      slot = (slot + 1) & this.#mask;
    }
    return slot;
  }

  #slotOf(high: number, low: number): number {
    return Math.imul(high ^ (low >>> 7), 0xc2b2ae35) & this.#mask;
  }

  #grow(): void {
    const [high, low, rows] = [this.#high, this.#low, this.#rows];
    const slots = (this.#mask + 1) * 2;
    this.#mask = slots - 1;
    this.#high = new Uint32Array(slots);
    this.#low = new Uint32Array(slots);
    this.#rows = new Uint32Array(slots);
    for (let at = 0; at < rows.length; at++) {
      if (rows[at] === 0) continue;
      let slot = this.#slotOf(high[at] as number, low[at] as number);
      while (this.#rows[slot] !== 0) slot = (slot + 1) & this.#mask;
      this.#high[slot] = high[at] as number;
      this.#low[slot] = low[at] as number;
      this.#rows[slot] = rows[at] as number;
    }
  }
}

import { Readable } from "node:stream";

const PIECE = 16 * 1024;

/**
 * A message for `SMTPConnection.send()` that does not end by itself. The library
 * writes the final dot when its source ends and not before; so the last check is
 * asked here, when the body has been taken, and `release()` is what sends the dot.
 * High-water mark 1: the next piece is asked for only once the one before is gone,
 * so `onTaken` comes after the body and not ahead of it.
 */
export class HeldMessage extends Readable {
  #offset = 0;
  #taken = false;
  readonly #message: Buffer;
  readonly #onStart: () => void;
  readonly #onTaken: () => void;

  constructor(message: Buffer, onStart: () => void, onTaken: () => void) {
    super({ highWaterMark: 1 });
    this.#message = message;
    this.#onStart = onStart;
    this.#onTaken = onTaken;
  }

  override _read(): void {
    if (this.#offset === 0) this.#onStart();
    if (this.#offset < this.#message.length) {
      const piece = this.#message.subarray(this.#offset, this.#offset + PIECE);
      this.#offset += PIECE;
      this.push(piece);
    } else if (!this.#taken) {
      this.#taken = true;
      this.#onTaken();
    }
  }

  release(): void {
    this.push(null);
  }
}

import type { Tx } from "./database/index.ts";

/**
 * Something that happened in one module and that others, further right on the
 * ladder, may have to follow in the same transaction. Declared by the module
 * where it happens; what follows from it stands in one table, app/reactions.ts.
 */
export interface Happening<T> {
  readonly name: string;
  /** Carries the type alone; never set. */
  readonly payload?: T;
}

export function happening<T>(name: string): Happening<T> {
  return { name };
}

export interface Reaction {
  readonly name: string;
  run(tx: Tx, payload: unknown): Promise<void>;
}

/** "When X, then Y, in the same transaction." */
export function when<T>(what: Happening<T>, then: (tx: Tx, payload: T) => Promise<void>): Reaction {
  return { name: what.name, run: (tx, payload) => then(tx, payload as T) };
}

/** Runs every reaction to `what`, in the order of the table. An error undoes the whole act. */
export async function happened<T>(tx: Tx, what: Happening<T>, payload: T): Promise<void> {
  for (const reaction of tx.reactions) {
    if (reaction.name === what.name) await reaction.run(tx, payload);
  }
}

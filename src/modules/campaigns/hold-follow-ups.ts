import type { Tx } from "../../kernel/database/index.ts";
import { continueHeld, holdActive, listActive, postponeActive } from "./follow-up-queries.ts";
import { withdrawQueued } from "./withdraw-queued.ts";

/**
 * Pauses a contact's active follow-ups until a person continues them: something
 * was said that only a person can judge. Returns how many.
 */
export async function pauseFollowUpsOf(
  tx: Tx,
  contactId: string,
  because: string,
): Promise<number> {
  const ids = await listActive(tx, contactId);
  if (ids.length === 0) return 0;
  await withdrawQueued(tx, { followUpIds: ids });
  return holdActive(tx, ids, because);
}

/**
 * Moves the next step of a contact's active follow-ups to a day (ISO date, in the
 * campaign's time zone), or leaves it where it falls due later anyway. Returns how many.
 */
export async function postponeFollowUpsOf(
  tx: Tx,
  contactId: string,
  until: string,
): Promise<number> {
  const ids = await listActive(tx, contactId);
  if (ids.length === 0) return 0;
  await withdrawQueued(tx, { followUpIds: ids });
  return postponeActive(tx, ids, until);
}

/** Lets go on, at once, what was paused for this reason alone. Returns how many. */
export function continueFollowUpsOf(tx: Tx, contactId: string, because: string): Promise<number> {
  return continueHeld(tx, contactId, because);
}

import { happening } from "../../../kernel/reactions.ts";
import type { Actor } from "../../ledger/index.ts";

/** Two contacts, of which one goes into the other. */
export interface Merge {
  mergeId: string;
  winnerId: string;
  loserId: string;
  actor: Actor;
  /** What came of it, by name; each module adds its own. */
  effects: Record<string, number>;
}

/**
 * One contact went into another: each module moves what hangs on the loser to the winner and notes
 * it (`noteMoved`), so that taking the merge apart brings exactly that back.
 */
export const contactsMerged = happening<Merge>("contacts merged");

/** A merge was taken apart, and the loser is live again: each module gives back what it had noted. */
export const contactsUnmerged = happening<Merge>("contacts unmerged");

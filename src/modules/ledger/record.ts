import type { Tx } from "../../kernel/database/index.ts";
import { newId } from "../../kernel/ids.ts";
import type { Actor } from "./actor.ts";
import { insertEntries } from "./queries.ts";

export interface Act {
  /** What was done: `stop.made`, `contact.created`, … */
  act: string;
  actor: Actor;
  contactId?: string | null;
  key?: string | null;
  subjectId?: string | null;
  /** Ids, codes and counts only. Never a name or an address: those are held by reference, so that erasing keeps the chain valid. */
  detail?: Record<string, unknown>;
}

/** Appends acts to the ledger in the transaction of the acts themselves. */
export async function record(tx: Tx, ...acts: readonly Act[]): Promise<void> {
  if (acts.length === 0) return;
  await insertEntries(
    tx,
    acts.map((each) => ({
      id: newId(),
      act: each.act,
      actor_type: each.actor.type,
      actor_id: each.actor.id,
      contact_id: each.contactId ?? null,
      key: each.key ?? null,
      subject_id: each.subjectId ?? null,
      detail: JSON.stringify(each.detail ?? {}),
    })),
  );
}

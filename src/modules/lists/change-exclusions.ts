import type { Tx } from "../../kernel/database/index.ts";
import { type Actor, record } from "../ledger/index.ts";
import {
  deleteExclusions,
  deleteMembers,
  type ExclusionRow,
  insertExclusions,
  type Membership,
} from "./queries.ts";
import { requireHeld } from "./require-list.ts";

/** What the lists module needs of modules to its right; app wires it. */
export interface ListParts {
  /** Called with those newly excluded, in the same transaction, so that the gate notices. */
  afterExclusion(tx: Tx, contactIds: readonly string[]): Promise<void>;
}

/** Keeps contacts out of a list for good and takes them off it. Answers what changed. */
export async function excludeFromList(
  tx: Tx,
  parts: ListParts,
  act: { listId: string; contactIds: readonly string[]; actor: Actor; userId: string | null },
): Promise<{ excluded: ExclusionRow[]; removed: Membership[] }> {
  const { listId, actor } = act;
  await requireHeld(tx, listId, "to_exclude");
  const excluded = await insertExclusions(tx, listId, act.contactIds, act.userId);
  const removed = await deleteMembers(tx, listId, act.contactIds);
  await record(
    tx,
    ...excluded.map((each) => ({
      act: "list.excluded",
      actor,
      contactId: each.contact_id,
      subjectId: listId,
    })),
  );
  if (excluded.length > 0) {
    await parts.afterExclusion(
      tx,
      excluded.map((each) => each.contact_id),
    );
  }
  return { excluded, removed };
}

/** Ends exclusions; answers them. The contacts are not put back on the list, and may be added again. */
export async function liftExclusions(
  tx: Tx,
  act: { listId: string; contactIds: readonly string[]; actor: Actor },
): Promise<ExclusionRow[]> {
  const { listId, actor } = act;
  await requireHeld(tx, listId, "to_exclude");
  const lifted = await deleteExclusions(tx, listId, act.contactIds);
  await record(
    tx,
    ...lifted.map((each) => ({
      act: "list.exclusion_lifted",
      actor,
      contactId: each.contact_id,
      subjectId: listId,
    })),
  );
  return lifted;
}

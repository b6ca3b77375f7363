import type { Tx } from "../../kernel/database/index.ts";
import { record, system } from "../ledger/index.ts";
import { recordBatch, type Skipped } from "./delete-batch.ts";
import type { Deletion, FrozenContact } from "./deletion-queries.ts";
import { clearMembers, takeExclusions } from "./list-queries.ts";
import type { Performing } from "./performer.ts";

/** Takes frozen members off their list; nobody is deleted. Who has left it by now is skipped. */
export async function clearBatch(
  tx: Tx,
  deletion: Deletion,
  items: readonly FrozenContact[],
  by: Performing,
): Promise<{ removed: number; skipped: Skipped[] }> {
  const listId = deletion.list_id as string;
  const off = await clearMembers(
    tx,
    deletion.id,
    listId,
    items.map((item) => item.contact_id),
  );
  await recordBatch(tx, "list.member_cleared", deletion, items, [...off], by.actor);
  const skipped = items
    .filter((item) => !off.has(item.contact_id))
    .map((item) => ({
      position: item.position,
      contactId: item.contact_id,
      reason: "not_member",
    }));
  return { removed: off.size, skipped };
}

/** Ends the list's exclusions, for a clearing that does not keep them. */
export async function clearExclusions(tx: Tx, deletion: Deletion): Promise<void> {
  const ended = await takeExclusions(tx, deletion.id, deletion.list_id as string);
  if (ended === 0) return;
  await record(tx, {
    act: "list.exclusions_cleared",
    actor: deletion.requested_by ? { type: "user", id: deletion.requested_by } : system,
    subjectId: deletion.list_id,
    detail: { ended },
  });
}

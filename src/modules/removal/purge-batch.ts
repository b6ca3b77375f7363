import type { Tx } from "../../kernel/database/index.ts";
import { rebindStops } from "../consent/index.ts";
import type { Actor } from "../ledger/index.ts";
import { record } from "../ledger/index.ts";
import { lockContacts, withMerged } from "./bin-queries.ts";
import { namedUpTo } from "./delete-batch.ts";
import { addCounts } from "./erase-batch.ts";
import { removeShared } from "./shared-queries.ts";
import { removeSinkCopies, takeAway } from "./take-away-queries.ts";

/**
 * Takes contacts that are in the bin away for good, with every row that hangs on them. Those that
 * came back meanwhile are left alone. Their stops stay in force on their addresses (S6): an address
 * may have been added, or a stop made, since they went to the bin.
 */
export async function purgeBatch(
  tx: Tx,
  contactIds: readonly string[],
  options: { deletionId: string | null; actor: Actor },
): Promise<{ purged: string[]; erased: Record<string, number> }> {
  const there = await lockContacts(tx, contactIds);
  const purged = there
    .filter((contact) => contact.deletion_id !== null && !contact.is_merged)
    .filter((contact) => !options.deletionId || contact.deletion_id === options.deletionId)
    .map((contact) => contact.id);
  if (purged.length === 0) return { purged, erased: {} };
  const together = await withMerged(tx, purged);
  await rebindStops(tx, together, options.actor);
  await removeSinkCopies(tx, together);
  const shared = await removeShared(tx, together);
  const rows = await takeAway(tx, "purge", {
    contactIds: together,
    keys: [],
    addresses: [],
    names: [],
  });
  const erased = addCounts(shared, rows);
  await record(
    tx,
    ...(purged.length <= namedUpTo
      ? purged.map((contactId) => ({
          act: "contact.purged",
          actor: options.actor,
          contactId,
          subjectId: options.deletionId,
        }))
      : [
          {
            act: "contact.purged",
            actor: options.actor,
            subjectId: options.deletionId,
            detail: { contacts: purged.length, first_id: purged[0], last_id: purged.at(-1) },
          },
        ]),
  );
  return { purged, erased };
}

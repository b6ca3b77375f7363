import type { Tx } from "../../../kernel/database/index.ts";
import { HeedError } from "../../../kernel/errors.ts";
import { happened } from "../../../kernel/reactions.ts";
import { record } from "../../ledger/index.ts";
import { lockContacts } from "../bulk/bulk-queries.ts";
import { findContact, type LiveContact, updateContact } from "../queries.ts";
import { isVisible, noContact } from "../visibility.ts";
import { contactsUnmerged, type Merge } from "./happenings.ts";
import type { MergeRequest } from "./merge-contacts.ts";
import { keysOf } from "./merge-contacts.ts";
import {
  deleteFurther,
  furtherOf,
  lockLastMerge,
  markLive,
  markUndone,
  movedBy,
  updateTimes,
} from "./merge-queries.ts";
import { unfilled } from "./rules.ts";

/**
 * Takes the last merge into a contact apart: the other one lives again with what hung on it, and
 * the winner gives back what it was filled with and nobody changed since. No stop ends by it: those
 * made meanwhile hold for both (S5).
 * @throws HeedError not_found, nothing_to_unmerge, address_taken
 */
export async function unmergeContacts(
  tx: Tx,
  request: Omit<MergeRequest, "loserId"> & { loserId: string | null },
): Promise<{ winner: LiveContact; loser: LiveContact; effects: Record<string, number> }> {
  const { winnerId, viewer, actor } = request;
  const [winner] = await lockContacts(tx, [winnerId]);
  if (!winner || !isVisible(viewer, winner)) throw noContact();
  const found = await lockLastMerge(tx, winnerId, request.loserId);
  if (!found) {
    throw new HeedError(
      "nothing_to_unmerge",
      "No contact was merged into this one that could still be taken out again.",
    );
  }
  const { id: mergeId, loser_id: loserId } = found;
  const further = await furtherOf(tx, loserId);
  const keys = keysOf(winner, winner, further);
  await request.afterAddressChange(tx, {
    contactId: winnerId,
    keysBefore: [loserId, ...keys],
    keysAfter: [],
  });
  const after = unfilled(winner, found.filled);
  if (!(await updateContact(tx, winnerId, after))) throw taken();
  await updateTimes(tx, winnerId, after);
  await deleteFurther(
    tx,
    (await movedBy(tx, mergeId, "address")).map((each) => each.id),
  );
  if (!(await markLive(tx, loserId, mergeId))) throw taken();
  const merge: Merge = { mergeId, winnerId, loserId, actor, effects: {} };
  await happened(tx, contactsUnmerged, merge);
  await markUndone(tx, mergeId);
  await record(
    tx,
    ...[winnerId, loserId].map((contactId) => ({
      act: "contact.unmerged",
      actor,
      contactId,
      subjectId: mergeId,
    })),
  );
  for (const contactId of [loserId, winnerId]) {
    await request.afterAddressChange(tx, { contactId, keysBefore: keys, keysAfter: keys });
  }
  return {
    winner: (await findContact(tx, winnerId)) as LiveContact,
    loser: (await findContact(tx, loserId)) as LiveContact,
    effects: merge.effects,
  };
}

function taken(): HeedError {
  return new HeedError(
    "address_taken",
    "Another contact has the address of the one that would come back. Change it there first.",
  );
}

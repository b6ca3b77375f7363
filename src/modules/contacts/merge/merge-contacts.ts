import type { Tx } from "../../../kernel/database/index.ts";
import { HeedError } from "../../../kernel/errors.ts";
import { newId } from "../../../kernel/ids.ts";
import { happened } from "../../../kernel/reactions.ts";
import { workspacePolicy } from "../../access/index.ts";
import { type Actor, record } from "../../ledger/index.ts";
import { lockContacts } from "../bulk/bulk-queries.ts";
import type { AfterAddressChange } from "../edit-contact.ts";
import { type LiveContact, updateContact } from "../queries.ts";
import { isVisible, noContact, requireVisible, type Viewer } from "../visibility.ts";
import { contactsMerged, type Merge } from "./happenings.ts";
import {
  addFurther,
  furtherOf,
  insertMerge,
  markMerged,
  noteMoved,
  updateTimes,
} from "./merge-queries.ts";
import { filledBy, furtherGained, mergedFields } from "./rules.ts";

export interface MergeRequest {
  /** Who stays. */
  winnerId: string;
  /** Who goes into them. */
  loserId: string;
  viewer: Viewer;
  actor: Actor;
  afterAddressChange: AfterAddressChange;
}

export interface MergeReceipt {
  mergeId: string;
  contact: LiveContact;
  /** Names of the winner's fields that were empty and took the loser's value. */
  filled: string[];
  /** What came along, by name. */
  effects: Record<string, number>;
  /** Until when it can be taken apart again. */
  until: Date;
}

/**
 * Merges one contact into another. The least permissive wins: every stop of either holds for the
 * one that stays, and for every address that either had (S5). The winner's values stay, gaps fill;
 * the loser's addresses become further ones; what hung on the loser moves.
 * @throws HeedError not_found, merge_with_itself
 */
export async function mergeContacts(tx: Tx, request: MergeRequest): Promise<MergeReceipt> {
  const { winnerId, loserId, viewer, actor } = request;
  if (winnerId === loserId) {
    throw new HeedError("merge_with_itself", "Choose another contact: this one is the same.");
  }
  const locked = await lockContacts(tx, [winnerId, loserId]);
  const winner = locked.find((contact) => contact.id === winnerId);
  const loser = locked.find((contact) => contact.id === loserId);
  if (!winner || !loser || !isVisible(viewer, winner) || !isVisible(viewer, loser)) {
    throw noContact();
  }
  const further = await furtherOf(tx, loserId);
  const keys = keysOf(winner, loser, further);
  // Every fence at once and before anything else, in their one order, so that no stop can pass by.
  await request.afterAddressChange(tx, {
    contactId: winnerId,
    keysBefore: [loserId, ...keys],
    keysAfter: [],
  });
  const mergeId = newId();
  const { bin_days: days } = await workspacePolicy(tx);
  const until = new Date(Date.now() + days * 86_400_000);
  const after = mergedFields(winner, loser);
  const filled = filledBy(winner, after);
  await insertMerge(tx, { id: mergeId, winner_id: winnerId, loser_id: loserId, until, filled });
  // The loser first: of two live contacts, one alone has an address.
  await markMerged(tx, loserId, winnerId, mergeId);
  await updateContact(tx, winnerId, after);
  await updateTimes(tx, winnerId, after);
  const gained = furtherGained(after, loser, further).map((each) => ({ ...each, id: newId() }));
  const added = await addFurther(tx, winnerId, gained);
  await noteMoved(
    tx,
    mergeId,
    "address",
    added.map((id) => ({ id })),
  );
  const merge: Merge = {
    mergeId,
    winnerId,
    loserId,
    actor,
    effects: { addresses: added.length },
  };
  await happened(tx, contactsMerged, merge);
  await record(
    tx,
    {
      act: "contact.merged",
      actor,
      contactId: winnerId,
      subjectId: mergeId,
      detail: { with: loserId },
    },
    {
      act: "contact.merged_away",
      actor,
      contactId: loserId,
      subjectId: mergeId,
      detail: { into: winnerId },
    },
  );
  // What is still queued to either, and what the gate refuses now, goes.
  for (const contactId of [loserId, winnerId]) {
    await request.afterAddressChange(tx, { contactId, keysBefore: keys, keysAfter: keys });
  }
  return {
    mergeId,
    contact: await requireVisible(tx, viewer, winnerId),
    filled: Object.keys(filled),
    effects: merge.effects,
    until,
  };
}

export function keysOf(
  winner: LiveContact,
  loser: LiveContact,
  further: readonly { key: string }[],
): string[] {
  const keys = [winner.email_key, winner.phone_key, loser.email_key, loser.phone_key];
  return [...new Set([...keys, ...further.map((each) => each.key)])].filter((key) => key !== null);
}

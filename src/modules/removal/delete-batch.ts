import type { Tx } from "../../kernel/database/index.ts";
import { newId } from "../../kernel/ids.ts";
import { endFollowUpsForDeletion } from "../campaigns/index.ts";
import { bumpFences, makeStops, rebindStops, type StopCause } from "../consent/index.ts";
import { type Actor, record } from "../ledger/index.ts";
import { cancelCovered } from "../sending/index.ts";
import { addressesOf, lockContacts, markDeleted } from "./bin-queries.ts";
import type { Deletion, FrozenContact } from "./deletion-queries.ts";
import type { Performing } from "./performer.ts";
import { writtenTo } from "./preview-queries.ts";
import { lockOpportunities, markOpportunitiesGone } from "./shared-queries.ts";

export interface Skipped {
  position: number;
  contactId: string;
  reason: string;
}

/** Above this many contacts the ledger has an entry a batch instead of one a contact. */
export const namedUpTo = 100;

/**
 * Puts frozen contacts into the bin: marks them, ends their follow-ups, binds their stops to their
 * addresses, and cancels what is queued. Whoever is gone, locked or out of sight by now is skipped.
 */
export async function deleteBatch(
  tx: Tx,
  deletion: Deletion,
  items: readonly FrozenContact[],
  by: Performing,
): Promise<{ removed: number; skipped: Skipped[] }> {
  const there = await lockContacts(
    tx,
    items.map((item) => item.contact_id),
  );
  const { going, skipped } = sortOut(items, there, by, { fromBin: false });
  if (going.length > 0) {
    await markDeleted(tx, deletion.id, going);
    await keepStops(tx, going, { suppress: deletion.suppress, cause: "deletion", actor: by.actor });
    const shared = await lockOpportunities(tx, going);
    if (shared.length > 0) await markOpportunitiesGone(tx, deletion.id, shared);
    await endFollowUpsForDeletion(tx, deletion.id, going);
    await bumpFences(tx, going);
    await cancelCovered(tx, going, null);
    await recordBatch(tx, "contact.deleted", deletion, items, going, by.actor);
  }
  return { removed: going.length, skipped };
}

/** Who of a batch goes, and why the others stay. */
export function sortOut(
  items: readonly FrozenContact[],
  there: readonly {
    id: string;
    deletion_id: string | null;
    owner_id: string | null;
    is_locked: boolean;
  }[],
  by: Performing,
  options: { fromBin: boolean },
): { going: string[]; skipped: Skipped[] } {
  const known = new Map(there.map((contact) => [contact.id, contact]));
  const going: string[] = [];
  const skipped: Skipped[] = [];
  for (const { position, contact_id: contactId } of items) {
    const contact = known.get(contactId);
    const reason = !contact
      ? "not_found"
      : by.viewer.ownOnly && contact.owner_id !== by.viewer.userId
        ? "not_found"
        : contact.deletion_id !== null && !options.fromBin
          ? "in_bin"
          : contact.is_locked
            ? "contact_locked_by_crm"
            : null;
    if (reason === null) going.push(contactId);
    else skipped.push({ position, contactId, reason });
  }
  return { going, skipped };
}

/**
 * Makes the stops of contacts that leave hold for their addresses (S6), and with `suppress` stops
 * the addresses of those who were ever written to.
 */
export async function keepStops(
  tx: Tx,
  contactIds: readonly string[],
  how: { suppress: boolean; cause: Extract<StopCause, "deletion" | "erasure">; actor: Actor },
): Promise<void> {
  await rebindStops(tx, contactIds, how.actor);
  if (!how.suppress) return;
  const suppressed = how.cause === "erasure" ? contactIds : await writtenTo(tx, contactIds);
  if (suppressed.length === 0) return;
  await makeStops(
    tx,
    (await addressesOf(tx, suppressed)).map((address) => ({
      id: newId(),
      kind: "suppression" as const,
      cause: how.cause,
      subject_type: "address" as const,
      subject: address.key,
      // A number is one person's on every channel; an email address has one channel.
      channel: address.channel === "email" ? ("email" as const) : null,
      topic_id: null,
      campaign_id: null,
      direction: "outbound" as const,
      actor_type: how.actor.type,
      actor_id: how.actor.id,
      contact_id: address.contact_id,
      address: how.cause === "erasure" ? null : address.value,
      because: "",
      evidence: {},
    })),
  );
}

/**
 * The audit of a batch (D3): an entry a contact for a small deletion, else one for the whole batch,
 * which the frozen positions resolve to its contacts.
 */
export async function recordBatch(
  tx: Tx,
  act: string,
  deletion: Pick<Deletion, "id" | "count">,
  items: readonly FrozenContact[],
  done: readonly string[],
  actor: Actor,
): Promise<void> {
  if (done.length === 0) return;
  if (deletion.count <= namedUpTo) {
    await record(
      tx,
      ...done.map((contactId) => ({ act, actor, contactId, subjectId: deletion.id })),
    );
    return;
  }
  await record(tx, {
    act,
    actor,
    subjectId: deletion.id,
    detail: {
      contacts: done.length,
      from_position: items[0]?.position ?? null,
      to_position: items.at(-1)?.position ?? null,
    },
  });
}

import type { Tx } from "../../kernel/database/index.ts";
import { bumpFences, makeStop } from "../consent/index.ts";
import type { Channel } from "../contacts/index.ts";
import { forgetUploads } from "../imports/index.ts";
import type { Actor } from "../ledger/index.ts";
import { cancelCovered } from "../sending/index.ts";
import { addressesOf, lockContacts, markDeleted, withMerged } from "./bin-queries.ts";
import { keepStops, recordBatch, type Skipped, sortOut } from "./delete-batch.ts";
import type { Deletion, FrozenContact } from "./deletion-queries.ts";
import type { Performing } from "./performer.ts";
import { namedBy } from "./rules.ts";
import { removeShared } from "./shared-queries.ts";
import { namesOf, removeSinkCopies, takeAway } from "./take-away-queries.ts";

/**
 * Forgets frozen contacts, live or in the bin, at once: every trace that the list of tables names.
 * What stays: keyed hashes, stops, the ledger and figures; and a suppression on each address, so
 * that it is never written to again.
 */
export async function eraseBatch(
  tx: Tx,
  deletion: Deletion,
  items: readonly FrozenContact[],
  by: Performing,
  dataDir: string,
): Promise<{ removed: number; skipped: Skipped[]; erased: Record<string, number> }> {
  const there = await lockContacts(
    tx,
    items.map((item) => item.contact_id),
  );
  const { going, skipped } = sortOut(items, there, by, { fromBin: true });
  if (going.length === 0) return { removed: 0, skipped, erased: {} };
  // In the bin first, so that the gate refuses what is queued under its reason.
  await markDeleted(tx, deletion.id, going);
  const together = await withMerged(tx, going);
  await keepStops(tx, together, { suppress: true, cause: "erasure", actor: by.actor });
  await bumpFences(tx, going);
  await cancelCovered(tx, going, null);
  const erased = await forget(tx, together, dataDir);
  await recordBatch(tx, "contact.erased", deletion, items, going, by.actor);
  return { removed: going.length, skipped, erased };
}

async function forget(
  tx: Tx,
  contactIds: readonly string[],
  dataDir: string,
): Promise<Record<string, number>> {
  const addresses = await addressesOf(tx, contactIds);
  const copies = await removeSinkCopies(tx, contactIds);
  const traces = {
    contactIds,
    keys: [...new Set(addresses.map((each) => each.key))],
    addresses: [...new Set(addresses.map((each) => each.value))],
    names: await namesOf(tx, contactIds),
  };
  const files = await forgetUploads(tx, dataDir, namedBy(traces));
  const shared = await removeShared(tx, contactIds);
  const erased = addCounts(addCounts(shared, await takeAway(tx, "erase", traces)), {
    sink_message: copies,
    uploaded_files: files,
  });
  return Object.fromEntries(Object.entries(erased).filter(([, count]) => count > 0));
}

/**
 * What is left of an address that no contact has any more: the sink's mail to it, rejected rows,
 * the words beside its stops. A suppression keeps it from being written to again.
 */
export async function eraseAddress(
  tx: Tx,
  given: { key: string; address: string; channel: Channel; actor: Actor; dataDir: string },
): Promise<Record<string, number>> {
  await makeStop(tx, {
    kind: "suppression",
    subject: { key: given.key, channel: given.channel },
    channel: given.channel === "email" ? "email" : null,
    cause: "erasure",
    actor: given.actor,
  });
  const traces = { contactIds: [], keys: [given.key], addresses: [given.address], names: [] };
  const files = await forgetUploads(tx, given.dataDir, namedBy(traces));
  const erased = await takeAway(tx, "erase", traces);
  return files > 0 ? { ...erased, uploaded_files: files } : erased;
}

/** Two counts by table, added up. */
export function addCounts(
  a: Readonly<Record<string, number>>,
  b: Readonly<Record<string, number>>,
): Record<string, number> {
  const names = new Set([...Object.keys(a), ...Object.keys(b)]);
  return Object.fromEntries([...names].map((name) => [name, (a[name] ?? 0) + (b[name] ?? 0)]));
}

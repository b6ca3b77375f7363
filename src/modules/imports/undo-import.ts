import type { Database, Tx } from "../../kernel/database/index.ts";
import { HeedError } from "../../kernel/errors.ts";
import { newId } from "../../kernel/ids.ts";
import { saveProgress } from "../../kernel/jobs/index.ts";
import { bumpFences, makeStops } from "../consent/index.ts";
import { type Actor, record } from "../ledger/index.ts";
import { removeFromList } from "../lists/index.ts";
import { cancelCovered } from "../sending/index.ts";
import { type Import, lockImport, type UndoPlace, updateImport } from "./queries.ts";
import {
  type CreatedContact,
  createdContacts,
  forgetChanges,
  foundContacts,
  removeContacts,
  restoreContacts,
  stopsOnContacts,
} from "./undo-queries.ts";

const contactsPerBatch = 2_000;

export type UndoCounts = Record<string, number>;

/**
 * Takes an import back, batch by batch, each a transaction that also keeps how far it came.
 * Contacts that it created are removed unless somebody used them since, those that it changed get
 * their values back unless somebody changed them since, and those that it put on a list leave it.
 * Every stop that it made stays: only a lift ends one (S5).
 */
export async function undoImport(
  db: Database,
  work: {
    workspaceId: string;
    importId: string;
    actor: Actor;
    jobId: string | null;
    batchSize?: number;
  },
): Promise<UndoCounts> {
  for (;;) {
    const counts = await db.inWorkspace(work.workspaceId, (tx) => undoSome(tx, work));
    if (counts) return counts;
  }
}

/** One batch; the counts once nothing is left. */
async function undoSome(
  tx: Tx,
  work: Parameters<typeof undoImport>[1],
): Promise<UndoCounts | null> {
  const found = await lockImport(tx, work.importId);
  if (!found) throw new HeedError("not_found", "There is no such import.");
  if (found.state === "undone") return found.undo_counts ?? {};
  const place = found.checkpoint.undo ?? nothingUndone;
  const step = place.stage === "created" ? removeSome : restoreSome;
  const after = await step(tx, found, place, work.actor, work.batchSize ?? contactsPerBatch);
  if (!after) {
    await forgetChanges(tx, found.id);
    await updateImport(tx, found.id, {
      state: "undone",
      undo_counts: place.counts,
      finished_at: new Date(),
    });
    await record(tx, {
      act: "import.undone",
      actor: work.actor,
      subjectId: found.id,
      detail: place.counts,
    });
    return place.counts;
  }
  await updateImport(tx, found.id, { checkpoint: { ...found.checkpoint, undo: after } });
  if (work.jobId !== null)
    await saveProgress(tx, work.jobId, { done: after.done, counts: after.counts });
  return null;
}

const nothingUndone: UndoPlace = {
  stage: "created",
  after: null,
  counts: { removed: 0, restored: 0, taken_off_list: 0 },
  done: 0,
};

async function removeSome(
  tx: Tx,
  found: Import,
  place: UndoPlace,
  _actor: Actor,
  limit: number,
): Promise<UndoPlace | null> {
  const { first_id: first, last_id: last } = found.checkpoint;
  const after = place.after ?? (first ? before(first) : null);
  const contacts =
    last === undefined
      ? []
      : await createdContacts(tx, found.id, { listId: found.list_id, after, last, limit });
  if (contacts.length === 0) return { ...place, stage: "found", after: null };
  const removable = contacts.filter((contact) => contact.kept_because === null);
  await keepStops(tx, found.id, removable);
  const counts = { ...place.counts };
  counts.removed =
    (counts.removed ?? 0) +
    (await removeContacts(
      tx,
      removable.map((contact) => contact.id),
    ));
  for (const { kept_because } of contacts) {
    if (kept_because !== null)
      counts[`kept.${kept_because}`] = (counts[`kept.${kept_because}`] ?? 0) + 1;
  }
  return {
    ...place,
    after: contacts.at(-1)?.id ?? null,
    counts,
    done: place.done + contacts.length,
  };
}

/** What stood on a contact now stands on its addresses: whoever has them next is stopped from birth (S6). */
async function keepStops(
  tx: Tx,
  importId: string,
  contacts: readonly CreatedContact[],
): Promise<void> {
  const byId = new Map(contacts.map((contact) => [contact.id, contact]));
  const stops = await stopsOnContacts(tx, [...byId.keys()]);
  await makeStops(
    tx,
    stops.flatMap(({ stop_id, subject, channel }) => {
      const contact = byId.get(subject);
      if (!contact) return [];
      const addresses = [
        { on: "email", key: contact.email_key, value: contact.email },
        { on: "phone", key: contact.phone_key, value: contact.phone },
      ].filter(({ on }) => channel === null || (channel === "email") === (on === "email"));
      return addresses.flatMap(({ key, value }) =>
        key === null
          ? []
          : [
              {
                id: newId(),
                kind: "suppression" as const,
                cause: "import" as const,
                subject_type: "address" as const,
                subject: key,
                channel,
                topic_id: null,
                campaign_id: null,
                direction: "outbound" as const,
                actor_type: "import",
                actor_id: importId,
                contact_id: null,
                address: value,
                because: "Kept from a contact whose import was undone",
                evidence: { import_id: importId, stop_id },
              },
            ],
      );
    }),
  );
}

async function restoreSome(
  tx: Tx,
  found: Import,
  place: UndoPlace,
  actor: Actor,
  limit: number,
): Promise<UndoPlace | null> {
  const contacts = await foundContacts(tx, found.id, { after: place.after, limit });
  if (contacts.length === 0) return null;
  const updated = contacts
    .filter((contact) => contact.outcome === "updated")
    .map((contact) => contact.contact_id);
  const restored = await restoreContacts(tx, found.id, updated);
  if (restored > 0) {
    // Some have another number again: what is under way with the one they had must not slip past.
    await bumpFences(tx, updated);
    await cancelCovered(tx, updated, null);
  }
  const joined = contacts
    .filter((contact) => contact.added_to_list)
    .map((contact) => contact.contact_id);
  const left =
    found.list_id !== null && joined.length > 0
      ? (await removeFromList(tx, { listId: found.list_id, contactIds: joined, actor })).length
      : 0;
  const counts = { ...place.counts };
  counts.restored = (counts.restored ?? 0) + restored;
  counts.taken_off_list = (counts.taken_off_list ?? 0) + left;
  if (updated.length > restored) {
    counts["kept.changed_since"] = (counts["kept.changed_since"] ?? 0) + updated.length - restored;
  }
  return {
    ...place,
    after: contacts.at(-1)?.contact_id ?? null,
    counts,
    done: place.done + contacts.length,
  };
}

/** An id just below this one, to begin a page after. */
function before(id: string): string {
  const last = (BigInt(`0x${id.replaceAll("-", "")}`) - 1n).toString(16).padStart(32, "0");
  return `${last.slice(0, 8)}-${last.slice(8, 12)}-${last.slice(12, 16)}-${last.slice(16, 20)}-${last.slice(20)}`;
}

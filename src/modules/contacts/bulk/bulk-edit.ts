import { isDeepStrictEqual } from "node:util";
import type { Tx } from "../../../kernel/database/index.ts";
import { record } from "../../ledger/index.ts";
import type { LiveContact } from "../queries.ts";
import { attributesProblem, searchText, sortName } from "../rules.ts";
import { checkOwner } from "../visibility.ts";
import { lockContacts, updateContacts } from "./bulk-queries.ts";
import type { ContactResult, ContactsAct } from "./contacts-act.ts";
import {
  type BulkChanges,
  editedBy,
  type Fields,
  fieldsOf,
  type Kept,
  keptOf,
  takenBack,
  wordsOf,
} from "./rules.ts";

export interface BulkEditParams {
  changes: BulkChanges;
  /** When "Processed" was said (RFC 3339): the same for each contact, however long the job takes. */
  at: string;
}

/** Changing the same fields of many contacts; what is not named stays. */
export const bulkEdit: ContactsAct<BulkEditParams> = {
  kind: "contacts.edit",
  permission: "contacts.edit",
  batchSize: 2_000,
  title: ({ changes }) => `Change contacts: ${wordsOf(changes)}`,
  async act(tx, { contactIds, params, holder }) {
    const { changes, at } = params;
    if (changes.owner_id !== undefined) await checkOwner(tx, holder.viewer, changes.owner_id);
    const edits = (await lockContacts(tx, contactIds)).map((contact) => {
      const before = fieldsOf(contact);
      return { contact, before, after: editedBy(before, changes, at) };
    });
    const refused = new Set(
      edits
        .filter(({ after }) => attributesProblem(after.attributes))
        .map(({ contact }) => contact.id),
    );
    const changed = edits.filter(
      ({ contact, before, after }) => !refused.has(contact.id) && !isDeepStrictEqual(before, after),
    );
    await write(tx, changed);
    await record(
      tx,
      ...changed.map(({ contact, before, after }) => ({
        act: "contact.edited",
        actor: holder.actor,
        contactId: contact.id,
        detail: { fields: changedNames(before, after) },
      })),
    );
    const kept = new Map<string, Kept>(
      changed.map(({ contact, before, after }) => [contact.id, keptOf(before, after)]),
    );
    return {
      counts: {
        changed: changed.length,
        unchanged: edits.length - changed.length - refused.size,
        too_many_attributes: refused.size,
      },
      results: contactIds.map((contactId): ContactResult => {
        const detail = kept.get(contactId);
        if (detail) return { contactId, outcome: "done", detail: { ...detail } };
        const reason = refused.has(contactId) ? "too_many_attributes" : "unchanged";
        return { contactId, outcome: "skipped", reason };
      }),
    };
  },
  undo: {
    kind: "contacts.edit.undo",
    permission: "contacts.edit",
    title: ({ changes }) => `Undo: change contacts: ${wordsOf(changes)}`,
    async act(tx, { items, holder }) {
      const contacts = new Map<string, LiveContact>();
      const ids = items.map((item) => item.subject_id);
      for (const contact of await lockContacts(tx, ids)) contacts.set(contact.id, contact);
      const edits: Edit[] = [];
      const results: ContactResult[] = [];
      let keptSince = 0;
      for (const { subject_id: contactId, detail } of items) {
        const contact = contacts.get(contactId) as LiveContact;
        const before = fieldsOf(contact);
        const { after, left } = takenBack(before, detail as unknown as Kept);
        if (left > 0) keptSince += 1;
        if (isDeepStrictEqual(before, after)) {
          results.push({ contactId, outcome: "skipped", reason: "changed_since" });
          continue;
        }
        edits.push({ contact, before, after });
        results.push({
          contactId,
          outcome: "done",
          ...(left > 0 ? { reason: "partly_changed_since" } : {}),
        });
      }
      await write(tx, edits);
      await record(
        tx,
        ...edits.map(({ contact, before, after }) => ({
          act: "contact.edited",
          actor: holder.actor,
          contactId: contact.id,
          detail: { fields: changedNames(before, after), undo: true },
        })),
      );
      return { counts: { restored: edits.length, changed_since: keptSince }, results };
    },
  },
};

interface Edit {
  contact: LiveContact;
  before: Fields;
  after: Fields;
}

async function write(tx: Tx, edits: readonly Edit[]): Promise<void> {
  await updateContacts(
    tx,
    edits.map(({ contact, after }) => {
      const naming = { ...contact, company: after.company };
      return {
        ...after,
        id: contact.id,
        search_text: searchText(naming),
        sort_name: sortName(naming),
      };
    }),
  );
}

function changedNames(before: Fields, after: Fields): string[] {
  return (Object.keys(after) as (keyof Fields)[])
    .filter((name) => !isDeepStrictEqual(before[name], after[name]))
    .map((name) => (name === "processed_at" ? "stage" : name));
}

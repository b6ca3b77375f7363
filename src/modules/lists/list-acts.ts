import type { Tx } from "../../kernel/database/index.ts";
import type { ContactResult, ContactsAct, ContactsResult, Holder } from "../contacts/index.ts";
import { excludeFromList, type ListParts, liftExclusions } from "./change-exclusions.ts";
import { addToList, removeFromList } from "./change-members.ts";
import type { ExclusionRow, Membership } from "./queries.ts";
import { undoOf } from "./undo-list-act.ts";

/** What can be done to a selection of contacts and a list; each is also a kind of job. */
export const listActs = [
  "list.add_members",
  "list.remove_members",
  "list.exclude",
  "list.lift_exclusions",
] as const;
export type ListAct = (typeof listActs)[number];

export interface ListParams {
  list_id: string;
  /** As it was called when the act was asked for. */
  list_name: string;
}

/** What an item of a list job keeps: the membership or exclusion that came or went. */
export interface ChangedOnList {
  added_at?: string;
  excluded_at?: string;
  excluded_by?: string | null;
}

const titles: Readonly<Record<ListAct, (list: string) => string>> = {
  "list.add_members": (list) => `Add contacts to the list ${list}`,
  "list.remove_members": (list) => `Take contacts off the list ${list}`,
  "list.exclude": (list) => `Exclude contacts from the list ${list}`,
  "list.lift_exclusions": (list) => `End exclusions from the list ${list}`,
};

/** The act as something done to many contacts, at once or as a job. */
export function listActOf(act: ListAct, parts: ListParts): ContactsAct<ListParams> {
  return {
    kind: act,
    permission:
      act === "list.exclude" || act === "list.lift_exclusions" ? "lists.exclude" : "lists.edit",
    batchSize: 5_000,
    title: ({ list_name }) => titles[act](list_name),
    act: (tx, { contactIds, params, holder }) =>
      apply(tx, parts, { act, listId: params.list_id, contactIds, holder }),
    undo: undoOf(act, parts),
  };
}

async function apply(
  tx: Tx,
  parts: ListParts,
  what: { act: ListAct; listId: string; contactIds: readonly string[]; holder: Holder },
): Promise<ContactsResult> {
  const { listId, contactIds, holder } = what;
  const act = { listId, contactIds, actor: holder.actor };
  switch (what.act) {
    case "list.add_members": {
      const { added, excluded, already } = await addToList(tx, act);
      const keptOut = new Set(excluded);
      return {
        counts: { added: added.length, already, excluded: excluded.length },
        results: resultsOf(contactIds, { members: added }, (id) =>
          keptOut.has(id) ? "excluded" : "already",
        ),
      };
    }
    case "list.remove_members": {
      const removed = await removeFromList(tx, act);
      return {
        counts: { removed: removed.length, not_member: contactIds.length - removed.length },
        results: resultsOf(contactIds, { members: removed }, () => "not_member"),
      };
    }
    case "list.exclude": {
      const { excluded, removed } = await excludeFromList(tx, parts, {
        ...act,
        userId: holder.userId,
      });
      return {
        counts: {
          excluded: excluded.length,
          already: contactIds.length - excluded.length,
          removed: removed.length,
        },
        results: resultsOf(contactIds, { members: removed, exclusions: excluded }, () => "already"),
      };
    }
    case "list.lift_exclusions": {
      const lifted = await liftExclusions(tx, act);
      return {
        counts: { lifted: lifted.length, not_excluded: contactIds.length - lifted.length },
        results: resultsOf(contactIds, { exclusions: lifted }, () => "not_excluded"),
      };
    }
  }
}

/** One result for each contact: done for those that something changed for, with what it was. */
function resultsOf(
  contactIds: readonly string[],
  changed: { members?: readonly Membership[]; exclusions?: readonly ExclusionRow[] },
  reason: (contactId: string) => string,
): ContactResult[] {
  const details = new Map<string, ChangedOnList>();
  for (const { contact_id, added_at } of changed.members ?? []) {
    details.set(contact_id, { added_at });
  }
  for (const { contact_id, excluded_at, excluded_by } of changed.exclusions ?? []) {
    details.set(contact_id, { ...details.get(contact_id), excluded_at, excluded_by });
  }
  return contactIds.map((contactId) => {
    const detail = details.get(contactId);
    return detail
      ? { contactId, outcome: "done", detail: { ...detail } }
      : { contactId, outcome: "skipped", reason: reason(contactId) };
  });
}

import type { Tx } from "../../kernel/database/index.ts";
import type { DoneItem } from "../../kernel/jobs/index.ts";
import type { ContactsResult, ContactsUndo, Holder } from "../contacts/index.ts";
import { record } from "../ledger/index.ts";
import type { ListParts } from "./change-exclusions.ts";
import type { ChangedOnList, ListAct, ListParams } from "./list-acts.ts";
import type { ExclusionRow, Membership } from "./queries.ts";
import { requireHeld } from "./require-list.ts";
import {
  deleteTheseExclusions,
  deleteTheseMembers,
  restoreExclusions,
  restoreMembers,
} from "./undo-queries.ts";

/**
 * Takes a list job back exactly: memberships and exclusions that it made go, those that it ended
 * come back with their own dates. Whatever somebody changed since is left, and its item says so.
 */
export function undoOf(act: ListAct, parts: ListParts): ContactsUndo<ListParams> {
  return {
    kind: `${act}.undo`,
    permission:
      act === "list.exclude" || act === "list.lift_exclusions" ? "lists.exclude" : "lists.edit",
    title: ({ list_name }) => `Undo: ${words[act]} ${list_name}`,
    async act(tx, { items, params, holder }) {
      const listId = params.list_id;
      const excludes = act === "list.exclude" || act === "list.lift_exclusions";
      await requireHeld(tx, listId, excludes ? "to_exclude" : "to_add");
      const undone = await takeBack(tx, parts, { act, listId, items });
      await note(tx, { act, listId, undone, holder });
      return told(items, undone);
    },
  };
}

const words: Readonly<Record<ListAct, string>> = {
  "list.add_members": "adding contacts to the list",
  "list.remove_members": "taking contacts off the list",
  "list.exclude": "excluding contacts from the list",
  "list.lift_exclusions": "ending exclusions from the list",
};

async function takeBack(
  tx: Tx,
  parts: ListParts,
  { act, listId, items }: { act: ListAct; listId: string; items: readonly DoneItem[] },
): Promise<string[]> {
  const kept = items.map((item) => ({
    contact_id: item.subject_id,
    ...(item.detail as ChangedOnList),
  }));
  const members = kept.filter((each): each is typeof each & Membership => "added_at" in each);
  const exclusions = kept.filter(
    (each): each is typeof each & ExclusionRow => "excluded_at" in each,
  );
  switch (act) {
    case "list.add_members":
      return deleteTheseMembers(tx, listId, members);
    case "list.remove_members":
      return restoreMembers(tx, listId, members);
    case "list.exclude": {
      const ended = await deleteTheseExclusions(tx, listId, exclusions);
      // Who was excluded before the job stays so, and so stays off the list.
      return [...ended, ...(await restoreMembers(tx, listId, members))];
    }
    case "list.lift_exclusions": {
      const restored = await restoreExclusions(tx, listId, exclusions);
      if (restored.length > 0) await parts.afterExclusion(tx, restored);
      return restored;
    }
  }
}

async function note(
  tx: Tx,
  what: { act: ListAct; listId: string; undone: readonly string[]; holder: Holder },
): Promise<void> {
  const { act, listId, holder } = what;
  const undone = [...new Set(what.undone)];
  if (undone.length === 0) return;
  const { actor } = holder;
  if (act === "list.add_members" || act === "list.remove_members") {
    const [name, count] =
      act === "list.add_members"
        ? ["list.members_removed", { removed: undone.length }]
        : ["list.members_added", { added: undone.length }];
    await record(tx, { act: name, actor, subjectId: listId, detail: { ...count, undo: true } });
    return;
  }
  const name = act === "list.exclude" ? "list.exclusion_lifted" : "list.excluded";
  await record(
    tx,
    ...undone.map((contactId) => ({ act: name, actor, contactId, subjectId: listId })),
  );
}

function told(items: readonly DoneItem[], undone: readonly string[]): ContactsResult {
  const done = new Set(undone);
  return {
    counts: { undone: done.size, changed_since: items.length - done.size },
    results: items.map(({ subject_id: contactId }) =>
      done.has(contactId)
        ? { contactId, outcome: "done" }
        : { contactId, outcome: "skipped", reason: "changed_since" },
    ),
  };
}

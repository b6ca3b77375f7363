import type { Tx } from "../../kernel/database/index.ts";
import type { Caller } from "../../kernel/http/index.ts";
import { newId } from "../../kernel/ids.ts";
import { enqueueJob } from "../../kernel/jobs/index.ts";
import { type Selection, selectContactsAfter, type Viewer } from "../contacts/index.ts";
import { type Actor, actorOf } from "../ledger/index.ts";
import { excludeFromList, type ListParts, liftExclusions } from "./change-exclusions.ts";
import { addToList, removeFromList } from "./change-members.ts";
import { requireList } from "./require-list.ts";

/** What can be done to a selection of contacts and a list; each is also a kind of job. */
export type ListAct =
  | "list.add_members"
  | "list.remove_members"
  | "list.exclude"
  | "list.lift_exclusions";
export const listActs: readonly ListAct[] = [
  "list.add_members",
  "list.remove_members",
  "list.exclude",
  "list.lift_exclusions",
];

/** Larger selections run as a job. */
export const atOnceAtMost = 10_000;

export interface Outcome {
  counts: Record<string, number>;
  /** Those to whom nothing was done although it was asked, and why. */
  skipped: { contactId: string; reason: string }[];
}

/** Who asked, as a job keeps it. */
export interface Asker {
  viewer: Viewer;
  actor: Actor;
}

/** Does the act to these contacts, which the asker sees. */
export async function applyListAct(
  tx: Tx,
  parts: ListParts,
  what: { act: ListAct; listId: string; contactIds: readonly string[]; asker: Asker },
): Promise<Outcome> {
  const { listId, contactIds } = what;
  const { actor, viewer } = what.asker;
  const act = { listId, contactIds, actor };
  switch (what.act) {
    case "list.add_members": {
      const { added, already, excluded } = await addToList(tx, act);
      return {
        counts: { added, already, excluded: excluded.length },
        skipped: excluded.map((contactId) => ({ contactId, reason: "excluded" })),
      };
    }
    case "list.remove_members": {
      const removed = await removeFromList(tx, act);
      return { counts: { removed, not_member: contactIds.length - removed }, skipped: [] };
    }
    case "list.exclude": {
      const { excluded, removed } = await excludeFromList(tx, parts, {
        ...act,
        userId: viewer.userId,
      });
      return {
        counts: {
          excluded: excluded.length,
          already: contactIds.length - excluded.length,
          removed,
        },
        skipped: [],
      };
    }
    case "list.lift_exclusions": {
      const lifted = await liftExclusions(tx, act);
      return {
        counts: { lifted: lifted.length, not_excluded: contactIds.length - lifted.length },
        skipped: [],
      };
    }
  }
}

/**
 * Does the act at once, or queues a job for a selection of more than 10,000 contacts. Contacts
 * that are not there, or that the caller does not see, are counted as not found.
 */
export async function actOnSelection(
  tx: Tx,
  parts: ListParts,
  request: { act: ListAct; listId: string; selection: Selection; caller: Caller },
): Promise<{ counts: Record<string, number> } | { jobId: string }> {
  const { act, listId, selection, caller } = request;
  await requireList(tx, listId);
  const asker: Asker = {
    viewer: { userId: caller.userId, ownOnly: caller.ownOnly },
    actor: actorOf(caller),
  };
  const contactIds = await selectContactsAfter(tx, asker.viewer, selection, {
    limit: atOnceAtMost + 1,
  });
  if (contactIds.length > atOnceAtMost) {
    const payload = { list_id: listId, selection, asker, up_to: newId() };
    return { jobId: await enqueueJob(tx, { kind: act, payload, requestedBy: caller.userId }) };
  }
  const { counts } = await applyListAct(tx, parts, { act, listId, contactIds, asker });
  const asked =
    "ids" in selection
      ? new Set(selection.ids.map((id) => id.toLowerCase())).size
      : contactIds.length;
  return { counts: { ...counts, not_found: asked - contactIds.length } };
}

import { type ContactResult, type ContactsAct, contactsJobs } from "../contacts/index.ts";
import { record } from "../ledger/index.ts";
import {
  campaignOfFollowUps,
  lockOpenFollowUps,
  type OpenFollowUp,
  pauseRemoved,
  removeMany,
} from "./bulk-removal-queries.ts";
import { reopenCampaign } from "./campaign-queries.ts";
import { withdrawQueued } from "./withdraw-queued.ts";

export interface BulkRemovalParams {
  /** Null is the follow-ups of every campaign. */
  campaign_id: string | null;
}

/** Removes the open follow-ups of many contacts. It is no stop: other campaigns may write to them. */
export const bulkRemoval: ContactsAct<BulkRemovalParams> = {
  kind: "follow_up.remove",
  permission: "contacts.view",
  batchSize: 1_000,
  title: () => "Remove contacts' follow-ups",
  async act(tx, { contactIds, params, holder }) {
    const open = await lockOpenFollowUps(tx, contactIds, params.campaign_id);
    const ids = open.map((each) => each.id);
    await withdrawQueued(tx, { followUpIds: ids });
    await removeMany(tx, ids);
    await record(
      tx,
      ...open.map((each) => ({
        act: "follow_up.removed",
        actor: holder.actor,
        contactId: each.contact_id,
        subjectId: each.id,
        detail: { campaign_id: each.campaign_id, step: each.next_step, from: each.state },
      })),
    );
    const byContact = groupByContact(open);
    return {
      counts: { removed: open.length, no_follow_up: contactIds.length - byContact.size },
      results: contactIds.map((contactId): ContactResult => {
        const removed = byContact.get(contactId);
        return removed
          ? { contactId, outcome: "done", detail: { follow_up_ids: removed } }
          : { contactId, outcome: "skipped", reason: "no_follow_up" };
      }),
    };
  },
  undo: {
    kind: "follow_up.remove.undo",
    // As continuing one does.
    permission: "contacts.edit",
    title: () => "Undo: remove contacts' follow-ups",
    async act(tx, { items, holder }) {
      const ids = items.flatMap((item) => (item.detail?.follow_up_ids ?? []) as string[]);
      const paused = await pauseRemoved(tx, ids);
      for (const campaignId of await campaignOfFollowUps(
        tx,
        paused.map((each) => each.id),
      )) {
        await reopenCampaign(tx, campaignId);
      }
      await record(
        tx,
        ...paused.map((each) => ({
          act: "follow_up.restored",
          actor: holder.actor,
          contactId: each.contact_id,
          subjectId: each.id,
        })),
      );
      const restored = new Set(paused.map((each) => each.contact_id));
      return {
        counts: { restored: paused.length, changed_since: ids.length - paused.length },
        results: items.map(
          ({ subject_id: contactId }): ContactResult =>
            restored.has(contactId)
              ? { contactId, outcome: "done" }
              : { contactId, outcome: "skipped", reason: "changed_since" },
        ),
      };
    },
  },
};

export const bulkRemovalJobs = contactsJobs(bulkRemoval);

function groupByContact(open: readonly OpenFollowUp[]): Map<string, string[]> {
  const byContact = new Map<string, string[]>();
  for (const { id, contact_id } of open) {
    byContact.set(contact_id, [...(byContact.get(contact_id) ?? []), id]);
  }
  return byContact;
}

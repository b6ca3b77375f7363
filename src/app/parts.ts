import type { Tx } from "../kernel/database/index.ts";
import { workspacePolicy } from "../modules/access/index.ts";
import { outreachFacts } from "../modules/campaigns/index.ts";
import { bumpFences, sendingSummaries } from "../modules/consent/index.ts";
import {
  type ContactParts,
  mergeContacts,
  noFacts,
  type StageFacts,
} from "../modules/contacts/index.ts";
import type { CrmParts } from "../modules/crm/index.ts";
import type { ListParts } from "../modules/lists/index.ts";
import type { RemovalParts } from "../modules/removal/index.ts";
import { cancelCovered, messageFates, queueManual } from "../modules/sending/index.ts";

/**
 * What modules to the left need of modules to their right, where an answer or
 * an act of theirs depends on it.
 */
export const contactParts: ContactParts = {
  sendingSummary: sendingSummaries,
  /** A claim that is under way with the old address must not slip past: its fences move. */
  async afterAddressChange(tx, { contactId, keysBefore, keysAfter }) {
    await bumpFences(tx, [contactId, ...keysBefore, ...keysAfter]);
    await cancelCovered(tx, [contactId], null);
  },
  stageFacts,
  defaultCountry: async (tx) => (await workspacePolicy(tx)).default_country,
};

export const listParts: ListParts = {
  async afterExclusion(tx, contactIds) {
    await bumpFences(tx, contactIds);
    await cancelCovered(tx, contactIds, null);
  },
};

export const crmParts: CrmParts = { queueMessage: queueManual, messageFates };
export const removalParts: RemovalParts = {
  async mergeContacts(tx, { keepId, goneId, by }) {
    await mergeContacts(tx, {
      winnerId: keepId,
      loserId: goneId,
      viewer: by.viewer,
      actor: by.actor,
      afterAddressChange: contactParts.afterAddressChange,
    });
  },
};

async function stageFacts(tx: Tx, contactIds: readonly string[]): Promise<Map<string, StageFacts>> {
  const statuses = await sendingSummaries(tx, contactIds);
  const facts = new Map<string, StageFacts>();
  for (const row of await outreachFacts(tx, contactIds)) {
    const email = statuses.get(row.contact_id)?.find((each) => each.channel === "email");
    facts.set(row.contact_id, {
      ...noFacts,
      deactivated: email?.refusals.includes("deactivated") ?? false,
      unsubscribed: email?.refusals.includes("unsubscribed") ?? false,
      repliedAt: row.replied_at,
      sent: row.sent,
      lastSentAt: row.last_sent_at,
      pendingFollowUp: row.pending_follow_up,
    });
  }
  return facts;
}

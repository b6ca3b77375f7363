import type { Tx } from "../../../kernel/database/index.ts";
import { newId } from "../../../kernel/ids.ts";
import type {
  Channel,
  ContactResult,
  ContactsAct,
  ContactsResult,
  Holder,
} from "../../contacts/index.ts";
import { makeStops } from "../make-stop.ts";
import { requireScope } from "../policy.ts";
import type { StopRow } from "../queries.ts";
import { type BulkAddress, primaryAddresses } from "./bulk-queries.ts";
import { undoStops } from "./undo-stops.ts";

/** What many contacts can be stopped with at once. */
export const bulkStopKinds = [
  "deactivation",
  "do_not_disturb",
  "do_not_contact",
  "unsubscribe",
] as const;
export type BulkStopKind = (typeof bulkStopKinds)[number];

export interface BulkStopParams {
  /** Do not disturb: null is every channel. Unsubscribe: null is email. Else without effect. */
  channel: Channel | null;
  /** Do not contact: null is all campaigns. */
  campaign_id: string | null;
  /** Unsubscribe: null is the whole channel. */
  topic_id: string | null;
  because: string;
}

const titles: Readonly<Record<BulkStopKind, string>> = {
  deactivation: "Deactivate contacts",
  do_not_disturb: "Set do not disturb on contacts",
  do_not_contact: "Set do not contact on contacts",
  unsubscribe: "Unsubscribe contacts",
};

/** Making one kind of stop on many contacts. Stopping needs no more than seeing them. */
export function bulkStop(kind: BulkStopKind): ContactsAct<BulkStopParams> {
  const undo = undoStops(kind, titles[kind]);
  return {
    kind: `stop.${kind}`,
    permission: "contacts.view",
    // Small: the fences of a batch are held until it commits, and claims wait for them.
    batchSize: 1_000,
    title: () => titles[kind],
    act: (tx, batch) => stopAll(tx, kind, batch),
    ...(undo ? { undo } : { cannotUndo: "Only the person can take back an unsubscribe." }),
  };
}

async function stopAll(
  tx: Tx,
  kind: BulkStopKind,
  batch: { contactIds: readonly string[]; params: BulkStopParams; holder: Holder },
): Promise<ContactsResult> {
  const { contactIds, params, holder } = batch;
  await requireScope(tx, { kind, topicId: params.topic_id, campaignId: params.campaign_id });
  const addresses =
    kind === "unsubscribe"
      ? await primaryAddresses(tx, contactIds, params.channel ?? "email")
      : new Map<string, BulkAddress>();
  const rows = new Map<string, StopRow>();
  for (const contactId of contactIds) {
    const address = addresses.get(contactId);
    if (kind !== "unsubscribe" || address) {
      rows.set(contactId, rowOf(kind, { contactId, address, params, holder }));
    }
  }
  const { added, receipt } = await makeStops(tx, [...rows.values()]);
  const made = new Set(added.map((row) => row.id));
  const results = contactIds.map((contactId): ContactResult => {
    const row = rows.get(contactId);
    if (!row) return { contactId, outcome: "skipped", reason: "no_address" };
    return made.has(row.id)
      ? { contactId, outcome: "done", detail: { stop_id: row.id } }
      : { contactId, outcome: "skipped", reason: "already_stopped" };
  });
  return {
    counts: {
      stopped: added.length,
      already_stopped: rows.size - added.length,
      no_address: contactIds.length - rows.size,
      cancelled_messages: receipt.cancelledMessages,
    },
    results,
    afterCommit: () => ({ under_way: receipt.underWay.length }),
  };
}

function rowOf(
  kind: BulkStopKind,
  stop: {
    contactId: string;
    address: BulkAddress | undefined;
    params: BulkStopParams;
    holder: Holder;
  },
): StopRow {
  const { contactId, address, params, holder } = stop;
  return {
    id: newId(),
    kind,
    cause: holder.actor.type === "api_key" ? "api" : "user",
    subject_type: address ? "address" : "contact",
    subject: address?.key ?? contactId,
    channel: address?.channel ?? (kind === "do_not_disturb" ? params.channel : null),
    topic_id: kind === "unsubscribe" ? params.topic_id : null,
    campaign_id: kind === "do_not_contact" ? params.campaign_id : null,
    direction: "outbound",
    actor_type: holder.actor.type,
    actor_id: holder.actor.id,
    contact_id: contactId,
    address: address?.value ?? null,
    because: params.because,
    evidence: {},
  };
}

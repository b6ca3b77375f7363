import type { Tx } from "../../kernel/database/index.ts";
import { HeedError } from "../../kernel/errors.ts";
import { newId } from "../../kernel/ids.ts";
import { type Channel, keyOfAddress, requireVisible, type Viewer } from "../contacts/index.ts";
import { type Actor, record } from "../ledger/index.ts";
import type { Performer } from "./performer.ts";
import { type Preview, previewDeletion } from "./preview-deletion.ts";
import {
  closeRequest,
  contactsWithKey,
  type ErasureRequest,
  findRequest,
  insertRequest,
} from "./request-queries.ts";
import { oneMonthAfter } from "./rules.ts";

export async function requireRequest(tx: Tx, id: string): Promise<ErasureRequest> {
  const request = await findRequest(tx, id);
  if (!request) throw new HeedError("not_found", "There is no such erasure request.");
  return request;
}

/** Notes that somebody asked to be forgotten; due a month after it was received unless said otherwise. */
export async function openRequest(
  tx: Tx,
  act: {
    reference: string;
    receivedAt: Date;
    dueAt: Date | null;
    contactId: string | null;
    address: { channel: Channel; value: string } | null;
    viewer: Viewer;
    userId: string;
    actor: Actor;
  },
): Promise<ErasureRequest> {
  if ((act.contactId === null) === (act.address === null)) {
    throw new HeedError("validation_failed", "Name exactly one of contact_id and address.");
  }
  if (act.contactId) await requireVisible(tx, act.viewer, act.contactId);
  const named = act.address
    ? keyOfAddress(tx.secrets, act.address.channel, act.address.value)
    : null;
  const id = newId();
  await insertRequest(tx, {
    id,
    reference: act.reference,
    contact_id: act.contactId,
    channel: act.address?.channel ?? null,
    address: named?.value ?? null,
    key: named?.key ?? null,
    received_at: act.receivedAt,
    due_at: act.dueAt ?? oneMonthAfter(act.receivedAt),
    created_by: act.userId,
  });
  await record(tx, {
    act: "erasure_request.opened",
    actor: act.actor,
    contactId: act.contactId,
    key: named?.key ?? null,
    subjectId: id,
  });
  return requireRequest(tx, id);
}

/**
 * Previews the erasure that answers a request: every contact, live or in the bin, that it names.
 * With none of them left, confirming it still erases what is left of the address.
 */
export async function previewRequest(
  tx: Tx,
  act: { requestId: string; viewer: Viewer; by: Performer; now: Date },
): Promise<Preview> {
  const request = await requireRequest(tx, act.requestId);
  if (request.done_at) throw new HeedError("state_conflict", "This request is answered already.");
  const ids = request.contact_id
    ? [request.contact_id]
    : await contactsWithKey(tx, request.key as string);
  return previewDeletion(tx, {
    selection: { ids },
    mode: "erase",
    requestId: request.id,
    viewer: act.viewer,
    by: act.by,
    now: act.now,
  });
}

/** Closes a request that was answered otherwise: refused, or answered outside Heed. */
export async function completeRequest(
  tx: Tx,
  act: { requestId: string; actor: Actor; now: Date },
): Promise<ErasureRequest> {
  await requireRequest(tx, act.requestId);
  if (!(await closeRequest(tx, act.requestId, null, act.now)))
    throw new HeedError("state_conflict", "This request is answered already.");
  await record(tx, {
    act: "erasure_request.completed",
    actor: act.actor,
    subjectId: act.requestId,
  });
  return requireRequest(tx, act.requestId);
}

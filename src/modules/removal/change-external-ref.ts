import type { Tx } from "../../kernel/database/index.ts";
import { HeedError } from "../../kernel/errors.ts";
import { requireVisible, type Viewer } from "../contacts/index.ts";
import { type Actor, record } from "../ledger/index.ts";
import { deleteRef, type ExternalRef, holdContact, listRefs, upsertRef } from "./ref-queries.ts";

interface Act {
  contactId: string;
  viewer: Viewer;
  actor: Actor;
}

/** Says where a contact lives elsewhere, and whether that system owns its deletion. Throws `ref_taken`. */
export async function setExternalRef(
  tx: Tx,
  act: Act & { ref: Omit<ExternalRef, "created_at"> },
): Promise<ExternalRef[]> {
  await holdContact(tx, act.contactId);
  await requireVisible(tx, act.viewer, act.contactId);
  if (!(await upsertRef(tx, act.contactId, act.ref))) {
    throw new HeedError(
      "ref_taken",
      "Another contact has this id in that system. End that reference first.",
    );
  }
  await record(tx, {
    act: "contact.external_ref_set",
    actor: act.actor,
    contactId: act.contactId,
    detail: { system: act.ref.system, deletion: act.ref.deletion },
  });
  return listRefs(tx, act.contactId);
}

/** Ends a reference; a lock of that system ends with it. */
export async function endExternalRef(tx: Tx, act: Act & { system: string }): Promise<void> {
  await requireVisible(tx, act.viewer, act.contactId);
  if (!(await deleteRef(tx, act.contactId, act.system)))
    throw new HeedError("not_found", "The contact has no reference to that system.");
  await record(tx, {
    act: "contact.external_ref_ended",
    actor: act.actor,
    contactId: act.contactId,
    detail: { system: act.system },
  });
}

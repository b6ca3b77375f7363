import type { Tx } from "../../kernel/database/index.ts";
import { HeedError } from "../../kernel/errors.ts";
import type { Actor } from "../ledger/index.ts";
import { liftStop } from "./lift-stop.ts";
import { makeStop, type StopReceipt } from "./make-stop.ts";
import { standingOnContact } from "./queries.ts";
import type { Lifter } from "./rules.ts";

/** Deactivates a contact: no channel writes to it until somebody activates it again. */
export function deactivate(
  tx: Tx,
  request: { contactId: string; because: string; actor: Actor },
): Promise<StopReceipt> {
  return makeStop(tx, {
    kind: "deactivation",
    subject: { contactId: request.contactId },
    cause: request.actor.type === "api_key" ? "api" : "user",
    because: request.because,
    actor: request.actor,
  });
}

/**
 * Activates a contact by lifting every deactivation on it and its addresses (a merge or a deletion
 * leaves some there), stating who authorised that. Other stops go on standing.
 */
export async function activate(
  tx: Tx,
  request: { contactId: string; authorization: string; actor: Actor; lifter: Lifter },
): Promise<string[]> {
  const standing = (await standingOnContact(tx, request.contactId)).filter(
    (stop) => stop.kind === "deactivation",
  );
  if (standing.length === 0) {
    throw new HeedError("state_conflict", "This contact is active already.");
  }
  for (const { id } of standing) {
    await liftStop(tx, {
      stopId: id,
      actor: request.actor,
      lifter: request.lifter,
      authorization: request.authorization,
    });
  }
  return standing.map((stop) => stop.id);
}

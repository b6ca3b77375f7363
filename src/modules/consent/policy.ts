import type { Tx } from "../../kernel/database/index.ts";
import { HeedError } from "../../kernel/errors.ts";
import type { Caller } from "../../kernel/http/index.ts";
import {
  type Channel,
  findContactByAddress,
  keyOfAddress,
  requireVisible,
} from "../contacts/index.ts";
import type { StopKind } from "./kinds.ts";
import { campaignExists, contactsOfSubject, findStop } from "./queries.ts";
import type { NamedSubject } from "./resolve-subject.ts";
import type { Lifter } from "./rules.ts";
import { findTopic } from "./topics/queries.ts";

export function lifterOf(caller: Caller): Lifter {
  return { as: "user", permissions: caller.permissions };
}

/**
 * The kind of stop that a request asks for. A complaint is a suppression; since nobody lifts it,
 * it comes from programs that report one, with an API key.
 */
export function kindAsked(
  caller: Caller,
  asked: { kind?: StopKind | undefined; cause?: string | undefined },
): StopKind {
  if (asked.cause !== "complaint") {
    if (asked.kind) return asked.kind;
    throw new HeedError("validation_failed", "Correct these fields: kind: is missing", {
      fields: [{ field: "kind", problem: "is missing" }],
    });
  }
  if (asked.kind !== undefined && asked.kind !== "suppression") {
    throw new HeedError(
      "validation_failed",
      "A complaint is a suppression: leave kind out, or say suppression.",
      { fields: [{ field: "kind", problem: "is suppression for a complaint" }] },
    );
  }
  if (caller.apiKeyId === null) {
    throw new HeedError(
      "permission_denied",
      "Nobody can lift a complaint, so it is reported by a program with an API key. To stop the address by hand, leave out the cause.",
    );
  }
  return "suppression";
}

/**
 * Exactly one subject, and one that the caller may stop: a contact they see. An
 * address or domain on its own needs a role that sees all contacts, unless the
 * address is one of the caller's own contacts'.
 */
export async function subjectOf(
  tx: Tx,
  caller: Caller,
  named: {
    contact_id?: string | undefined;
    address?: { channel: Channel; value: string } | undefined;
    domain?: string | undefined;
  },
): Promise<NamedSubject> {
  const given = [named.contact_id, named.address, named.domain].filter(
    (each) => each !== undefined,
  );
  if (given.length !== 1) {
    throw new HeedError("validation_failed", "Name exactly one of contact_id, address and domain.");
  }
  if (named.contact_id !== undefined) {
    await requireVisible(tx, caller, named.contact_id);
    return { contactId: named.contact_id };
  }
  if (named.address !== undefined) {
    if (caller.ownOnly) {
      const { key } = keyOfAddress(tx.secrets, named.address.channel, named.address.value);
      const holder = await findContactByAddress(tx, named.address.channel, key);
      if (!holder) throw notOwn();
      await requireVisible(tx, caller, holder);
    }
    return { address: named.address };
  }
  if (caller.ownOnly) throw notOwn();
  return { domain: named.domain as string };
}

/** Refuses a stop on a topic or campaign that is not there: it would be acknowledged and stop nothing. */
export async function requireScope(
  tx: Tx,
  stop: { kind: StopKind; topicId: string | null; campaignId: string | null },
): Promise<void> {
  if (
    stop.kind === "unsubscribe" &&
    stop.topicId !== null &&
    !(await findTopic(tx, stop.topicId))
  ) {
    throw new HeedError(
      "not_found",
      "There is no such topic. Leave it out to stop the whole channel.",
    );
  }
  if (
    stop.kind === "do_not_contact" &&
    stop.campaignId !== null &&
    !(await campaignExists(tx, stop.campaignId))
  ) {
    throw new HeedError(
      "not_found",
      "There is no such campaign. Leave it out to stop all campaigns.",
    );
  }
}

/** A stop that the caller may see: on one of their contacts, or any for a role that sees all. */
export async function requireStopVisible(tx: Tx, caller: Caller, stopId: string): Promise<void> {
  const stop = await findStop(tx, stopId);
  if (!stop) throw new HeedError("not_found", "There is no such stop.");
  if (!caller.ownOnly) return;
  const holders = await contactsOfSubject(tx, stop.subject);
  for (const holder of holders) {
    if (
      await requireVisible(tx, caller, holder).then(
        () => true,
        () => false,
      )
    )
      return;
  }
  throw new HeedError("not_found", "There is no such stop.");
}

function notOwn(): HeedError {
  return new HeedError(
    "permission_denied",
    "Your role stops its own contacts. Ask somebody who sees all contacts to stop other addresses or whole domains.",
  );
}

import type { Tx } from "../../kernel/database/index.ts";
import { HeedError } from "../../kernel/errors.ts";
import type { Caller } from "../../kernel/http/index.ts";
import { findContact, isUser, type LiveContact } from "./queries.ts";

/** Whose eyes: a caller, or what a job keeps of one. */
export type Viewer = Pick<Caller, "userId" | "ownOnly">;

export function isVisible(viewer: Viewer, contact: { owner_id: string | null }): boolean {
  return !viewer.ownOnly || contact.owner_id === viewer.userId;
}

/** Throws `not_found`, the same for a contact that is not there and one that the viewer may not see. */
export async function requireVisible(
  tx: Tx,
  viewer: Viewer,
  contactId: string,
): Promise<LiveContact> {
  const contact = await findContact(tx, contactId);
  if (!contact || !isVisible(viewer, contact)) throw noContact();
  return contact;
}

export function noContact(): HeedError {
  return new HeedError("not_found", "There is no such contact.");
}

/**
 * Whom a contact may be given to: a user of the workspace; by somebody who sees only their own
 * contacts, nobody but themselves.
 */
export async function checkOwner(tx: Tx, viewer: Viewer, ownerId: string | null): Promise<void> {
  const problem =
    viewer.ownOnly && ownerId !== viewer.userId
      ? "your role sees only its own contacts, so the owner is you"
      : ownerId !== null && !(await isUser(tx, ownerId))
        ? "is no active user of this workspace"
        : null;
  if (problem === null) return;
  throw new HeedError("validation_failed", `Correct these fields: owner_id: ${problem}`, {
    fields: [{ field: "owner_id", problem }],
  });
}

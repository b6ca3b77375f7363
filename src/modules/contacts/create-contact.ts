import type { Tx } from "../../kernel/database/index.ts";
import { HeedError } from "../../kernel/errors.ts";
import { newId } from "../../kernel/ids.ts";
import { type Actor, record } from "../ledger/index.ts";
import { findHolder, insertContact, type LiveContact, replaceFurther } from "./queries.ts";
import { readAddresses } from "./read-addresses.ts";
import { searchText, sortName } from "./rules.ts";
import type { NewContact } from "./schemas.ts";
import { checkOwner, isVisible, requireVisible, type Viewer } from "./visibility.ts";

/**
 * Adds a contact. An email is held by one live contact; a number by one among those without
 * email. Throws `address_taken` then, naming the holder if the viewer may see it, and leaves the
 * transaction usable. A stopped address is no obstacle: the stop holds from birth (S6).
 */
export async function createContact(
  tx: Tx,
  act: { contact: NewContact; viewer: Viewer; actor: Actor; defaultCountry?: string },
): Promise<LiveContact> {
  const { contact, viewer } = act;
  const { further, ...primary } = readAddresses(
    tx.secrets,
    contact.addresses ?? [],
    act.defaultCountry,
  );
  const naming = {
    first_name: contact.first_name ?? "",
    last_name: contact.last_name ?? "",
    company: contact.company ?? "",
    email: primary.email,
    phone: primary.phone,
  };
  if (!Object.values(naming).some(Boolean)) {
    throw new HeedError(
      "validation_failed",
      "Give the contact a name, a company or an address; it has none.",
      { fields: [{ field: "addresses", problem: "is empty, and so are name and company" }] },
    );
  }
  const ownerId = contact.owner_id ?? (viewer.ownOnly ? viewer.userId : null);
  await checkOwner(tx, viewer, ownerId);
  const id = newId();
  const added = await insertContact(tx, id, {
    ...primary,
    ...naming,
    job_title: contact.job_title ?? "",
    email_validity: "unknown",
    phone_validity: "unknown",
    attributes: contact.attributes ?? {},
    owner_id: ownerId,
    locale: contact.locale ?? null,
    search_text: searchText(naming),
    sort_name: sortName(naming),
  });
  if (!added) throw addressTaken(await findHolder(tx, naming), naming, viewer);
  await replaceFurther(
    tx,
    id,
    further,
    further.map(() => newId()),
  );
  await record(tx, { act: "contact.created", actor: act.actor, contactId: id });
  return requireVisible(tx, viewer, id);
}

/** The error for an address that another live contact has. */
export function addressTaken(
  holder: LiveContact | undefined,
  identity: { email: string | null },
  viewer: Viewer,
): HeedError {
  const what = identity.email !== null ? "this email address" : "this number";
  return holder && isVisible(viewer, holder)
    ? new HeedError(
        "address_taken",
        `Another contact has ${what}. Open that contact and edit it instead.`,
        {
          contact_id: holder.id,
        },
      )
    : new HeedError(
        "address_taken",
        `Another contact has ${what}. Ask an administrator who owns it.`,
      );
}

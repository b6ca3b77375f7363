import type { Tx } from "../../kernel/database/index.ts";
import { type Entry, listEntries } from "../ledger/index.ts";
import { findContact } from "./queries.ts";
import { createdAt } from "./rules.ts";

/** Something that happened to a contact, for its timeline. */
export interface TimelineFact {
  at: Date;
  /** `contact.created`, `contact.imported`, `contact.edited`, … */
  act: string;
  actor: { type: string; id: string | null };
  detail: Record<string, unknown>;
}

/** How a contact came and what was changed on it, newest first; at most `limit` entries of the ledger. */
export async function contactTimelineFacts(
  tx: Tx,
  contactId: string,
  limit = 200,
): Promise<TimelineFact[]> {
  const contact = await findContact(tx, contactId);
  if (!contact) return [];
  const facts = (await listEntries(tx, { contactId, limit })).filter(isOurs).map((entry) => ({
    at: entry.at,
    act: entry.act,
    actor: { type: entry.actor_type, id: entry.actor_id },
    detail: entry.detail,
  }));
  const told = facts.some(
    (fact) => fact.act === "contact.created" || fact.act === "contact.imported",
  );
  // A bulk import records itself once, not each contact.
  const origin: TimelineFact = contact.import_id
    ? {
        at: createdAt(contactId),
        act: "contact.imported",
        actor: { type: "import", id: contact.import_id },
        detail: {},
      }
    : {
        at: createdAt(contactId),
        act: "contact.created",
        actor: { type: "system", id: null },
        detail: {},
      };
  return told ? facts : [...facts, origin];
}

function isOurs(entry: Entry): boolean {
  return entry.act.startsWith("contact.") || entry.act.startsWith("import.");
}

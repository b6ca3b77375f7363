import type { Tx } from "../../kernel/database/index.ts";
import { binnedAfter, takenIdentities } from "./bin-queries.ts";
import type { Deletion } from "./deletion-queries.ts";
import { countBinnedLinked, countStopsSince } from "./restoration-queries.ts";

const conflictsShown = 100;
const batch = 10_000;

export interface RestorationPreview {
  comes_back: { contacts: number; linked: Record<string, number> };
  stays_away: {
    /** Contacts whose address another one has by now. */
    address_taken: number;
    /** Already restored on their own, purged early, or never deleted. */
    not_in_bin: number;
  };
  /** Stops on them made since; they hold. */
  stops_since: number;
  conflicts: { contact_id: string; other_contact_id: string }[];
}

/** What restoring a deletion would bring back at this moment, and what not. */
export async function previewRestoration(tx: Tx, deletion: Deletion): Promise<RestorationPreview> {
  let contacts = 0;
  const conflicts: RestorationPreview["conflicts"] = [];
  let after: string | null = null;
  for (;;) {
    const ids = await binnedAfter(tx, deletion.id, after, batch);
    const last = ids.at(-1);
    if (!last) break;
    for (const [contact_id, other_contact_id] of await takenIdentities(tx, ids))
      conflicts.push({ contact_id, other_contact_id });
    contacts += ids.length;
    after = last;
  }
  return {
    comes_back: {
      contacts: contacts - conflicts.length,
      linked: await countBinnedLinked(tx, deletion.id),
    },
    stays_away: {
      address_taken: conflicts.length,
      not_in_bin: deletion.mode === "clear" ? 0 : deletion.removed - contacts,
    },
    stops_since: await countStopsSince(
      tx,
      deletion.id,
      deletion.confirmed_at ?? deletion.previewed_at,
    ),
    conflicts: conflicts.slice(0, conflictsShown),
  };
}

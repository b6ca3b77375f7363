import type { Tx } from "../../kernel/database/index.ts";
import { pauseRestoredFollowUps } from "../campaigns/index.ts";
import { record } from "../ledger/index.ts";
import {
  giveIdentity,
  lockContacts,
  markLive,
  takeIdentity,
  takenIdentities,
  windowsOf,
} from "./bin-queries.ts";
import { namedUpTo } from "./delete-batch.ts";
import type { Performing } from "./performer.ts";
import { stillRestorable } from "./rules.ts";
import { lockOpportunities, markOpportunitiesBack } from "./shared-queries.ts";

/** What to do with a contact whose address another one has by now. */
export type OnConflict = "refuse" | "merge";

/** What removal needs of modules beside it; app wires it. */
export interface RemovalParts {
  /** Makes one contact of two; the one in the bin is taken up by the live one. Left out, merging is refused. */
  mergeContacts?: (
    tx: Tx,
    act: { keepId: string; goneId: string; by: Performing },
  ) => Promise<void>;
}

export interface Outcome {
  contact_id: string;
  outcome: "restored" | "merged" | "address_taken" | "not_in_bin" | "window_ended";
  /** Who has the address now. */
  other_contact_id: string | null;
}

/**
 * Brings contacts back from the bin with everything that hangs on them; follow-ups come back
 * paused. Stops made since hold. Nobody comes back beside a contact that has their address by now:
 * that one is merged when asked to, else left in the bin and named.
 */
export async function restoreBatch(
  tx: Tx,
  parts: RemovalParts,
  contactIds: readonly string[],
  how: { by: Performing; onConflict: OnConflict; now: Date; deletionId: string | null },
): Promise<Outcome[]> {
  const { by } = how;
  const locked = new Map((await lockContacts(tx, contactIds)).map((each) => [each.id, each]));
  const windows = new Map((await windowsOf(tx, contactIds)).map((each) => [each.contact_id, each]));
  const asked = [...new Set(contactIds)];
  const outcomes = new Map<string, Outcome>();
  const say = (id: string, outcome: Outcome["outcome"], other: string | null = null) =>
    outcomes.set(id, { contact_id: id, outcome, other_contact_id: other });
  const possible: string[] = [];
  for (const id of asked) {
    const contact = locked.get(id);
    const visible = contact && (!by.viewer.ownOnly || contact.owner_id === by.viewer.userId);
    const window = windows.get(id);
    if (!visible || contact.deletion_id === null || !window) say(id, "not_in_bin");
    else if (!stillRestorable(window.restorable_until, how.now)) say(id, "window_ended");
    else possible.push(id);
  }
  const taken = await takenIdentities(tx, possible);
  const back = possible.filter((id) => !taken.has(id));
  await markLive(tx, back);
  await pauseRestoredFollowUps(tx, back);
  const shared = await lockOpportunities(tx, back);
  if (shared.length > 0) await markOpportunitiesBack(tx, shared);
  for (const id of back) say(id, "restored");
  for (const [id, holder] of taken) {
    if (how.onConflict === "merge" && parts.mergeContacts) {
      await mergeBack(tx, parts.mergeContacts, { keepId: holder, goneId: id, by });
      say(id, "merged", holder);
    } else say(id, "address_taken", holder);
  }
  await recordRestored(tx, back, how);
  return asked.map((id) => outcomes.get(id) as Outcome);
}

/**
 * A contact whose address another one has cannot come back beside it. It comes back without what
 * the two share, goes into the other at once, and has its own again as the merged one.
 */
async function mergeBack(
  tx: Tx,
  merge: NonNullable<RemovalParts["mergeContacts"]>,
  act: { keepId: string; goneId: string; by: Performing },
): Promise<void> {
  const identity = await takeIdentity(tx, act.goneId);
  await markLive(tx, [act.goneId]);
  await pauseRestoredFollowUps(tx, [act.goneId]);
  const shared = await lockOpportunities(tx, [act.goneId]);
  if (shared.length > 0) await markOpportunitiesBack(tx, shared);
  await merge(tx, act);
  await giveIdentity(tx, act.goneId, identity);
}

async function recordRestored(
  tx: Tx,
  restored: readonly string[],
  how: { by: Performing; deletionId: string | null },
): Promise<void> {
  if (restored.length === 0) return;
  const { actor } = how.by;
  const act = "contact.restored";
  await record(
    tx,
    ...(restored.length <= namedUpTo
      ? restored.map((contactId) => ({ act, actor, contactId, subjectId: how.deletionId }))
      : [
          {
            act,
            actor,
            subjectId: how.deletionId,
            detail: { contacts: restored.length, first_id: restored[0], last_id: restored.at(-1) },
          },
        ]),
  );
}

import type { Permission } from "../../access/index.ts";
import type { ContactResult, ContactsUndo } from "../../contacts/index.ts";
import type { BulkStopKind, BulkStopParams } from "./bulk-stop.ts";
import { type LiftOutcome, liftStops } from "./lift-stops.ts";

const liftPermission: Readonly<Record<BulkStopKind, Permission | null>> = {
  deactivation: "contacts.reactivate",
  do_not_disturb: "contacts.edit",
  do_not_contact: "contacts.edit",
  // What the person alone may lift, no undoing lifts.
  unsubscribe: null,
};

/** Lifts exactly the stops that a job made, where a user may lift their kind; else undefined. */
export function undoStops(
  kind: BulkStopKind,
  title: string,
): ContactsUndo<BulkStopParams> | undefined {
  const permission = liftPermission[kind];
  if (permission === null) return undefined;
  return {
    kind: `stop.${kind}.undo`,
    permission,
    title: () => `Undo: ${title}`,
    async act(tx, { items, holder, because }) {
      const outcomes = await liftStops(tx, {
        stopIds: items.map((item) => String(item.detail?.stop_id)),
        actor: holder.actor,
        lifter: { as: "user", permissions: holder.permissions },
        authorization: because,
      });
      const counts: Record<LiftOutcome, number> = {
        lifted: 0,
        lifted_already: 0,
        lift_not_allowed: 0,
      };
      const results = items.map((item): ContactResult => {
        const outcome = outcomes.get(String(item.detail?.stop_id)) ?? "lifted_already";
        counts[outcome] += 1;
        const contactId = item.subject_id;
        return outcome === "lifted"
          ? { contactId, outcome: "done" }
          : { contactId, outcome: "skipped", reason: outcome };
      });
      return { counts, results };
    },
  };
}

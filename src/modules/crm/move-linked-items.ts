import type { Tx } from "../../kernel/database/index.ts";
import { newId } from "../../kernel/ids.ts";
import {
  addOpportunityPlaces,
  moveAppointmentPlaces,
  moveOpportunityPlaces,
  moveOwn,
  removeOpportunityPlaces,
  returnAppointmentPlaces,
  type SharedPlace,
  setPrimary,
} from "./linked-queries.ts";

/** What a merge moved, as JSON that its undo is given back. */
export interface MovedItems {
  notes: string[];
  tasks: string[];
  conversations: string[];
  opportunities: SharedPlace[];
  /** Attendee rows that moved, and appointments where the other attended already. */
  appointments: { moved: string[]; given_up: string[] };
}

/**
 * Hangs everything of `from` on `to`, as a merge does. Where both take part in an
 * opportunity or appointment, `to` keeps its place, and is primary if either was.
 */
export async function moveLinkedItems(
  tx: Tx,
  { from, to }: { from: string; to: string },
): Promise<MovedItems> {
  const moved = {
    notes: await moveOwn(tx, "note", from, to),
    tasks: await moveOwn(tx, "task", from, to),
    conversations: await moveOwn(tx, "conversation", from, to),
    opportunities: await moveOpportunityPlaces(tx, from, to),
    appointments: await moveAppointmentPlaces(tx, from, to),
  };
  await setPrimary(tx, primaryOf(moved), to, true);
  return moved;
}

/** The way back: what `moved` names hangs on `from` again; what came since stays with `to`. */
export async function moveLinkedItemsBack(
  tx: Tx,
  { from, to, moved }: { from: string; to: string; moved: MovedItems },
): Promise<void> {
  await moveOwn(tx, "note", to, from, moved.notes);
  await moveOwn(tx, "task", to, from, moved.tasks);
  await moveOwn(tx, "conversation", to, from, moved.conversations);
  const all = moved.opportunities.map((place) => place.id);
  const added = moved.opportunities.filter((place) => place.added).map((place) => place.id);
  await setPrimary(tx, primaryOf(moved), to, false);
  await removeOpportunityPlaces(tx, added, to);
  await addOpportunityPlaces(tx, all, from);
  await setPrimary(tx, primaryOf(moved), from, true);
  await returnAppointmentPlaces(tx, from, to, {
    moved: moved.appointments.moved,
    given_up: moved.appointments.given_up.map((appointmentId) => ({ id: newId(), appointmentId })),
  });
}

function primaryOf(moved: MovedItems): string[] {
  return moved.opportunities.filter((place) => place.was_primary).map((place) => place.id);
}

import type { Tx } from "../../kernel/database/index.ts";
import { newId } from "../../kernel/ids.ts";
import { makeStops, type StopRow as StopToMake } from "../consent/index.ts";
import { contactsByIdentity } from "./batch-queries.ts";
import type { StopRow } from "./rows/read-row.ts";
import { type Addressee, type WantedStop, wantedStops } from "./rules.ts";

/**
 * Finds whom each row that says stop stands for: its own contact, or that of the earlier row that
 * it repeats. A row that is not imported stands for its addresses alone, so that what it does
 * hangs neither on how rows fall into batches nor on whether the file was imported before.
 */
export async function addresseesOf(
  tx: Tx,
  rows: readonly StopRow[],
  who: { ownerId: string | null; contactOf: (row: StopRow) => string | undefined },
): Promise<Addressee[]> {
  const repeating = rows.filter((row) => row.firstRow !== null && who.contactOf(row) === undefined);
  const found = await contactsByIdentity(tx, [
    ...new Set(repeating.flatMap((row) => row.identity ?? [])),
  ]);
  return rows.map((row) => {
    const holder =
      row.firstRow === null || row.identity === null ? undefined : found.get(row.identity);
    // Whoever sees only their own contacts stops the address of somebody else's, not the contact.
    const theirs = holder && (who.ownerId === null || holder.owner_id === who.ownerId);
    const contactId = who.contactOf(row) ?? (theirs ? holder.id : null);
    return { contactId, emails: row.emails, phones: row.phones };
  });
}

/** Makes every stop that the rows ask for, in one go. Answers how many stood not before, by kind. */
export async function applyStops(
  tx: Tx,
  act: { importId: string; rows: readonly StopRow[]; addressees: readonly Addressee[] },
): Promise<Record<string, number>> {
  const wanted = act.rows.flatMap((row, index) => {
    const addressee = act.addressees[index] as Addressee;
    return wantedStops(row.signals, addressee, row.doubtful).map((stop) =>
      stopToMake(act.importId, row.rowNumber, addressee, stop),
    );
  });
  const { added } = await makeStops(tx, wanted);
  const made: Record<string, number> = {};
  for (const stop of added) made[stop.kind] = (made[stop.kind] ?? 0) + 1;
  return made;
}

function stopToMake(importId: string, row: number, to: Addressee, stop: WantedStop): StopToMake {
  const onContact = stop.on === "contact";
  return {
    id: newId(),
    kind: stop.kind,
    cause: stop.cause,
    subject_type: onContact ? "contact" : "address",
    subject: stop.on === "contact" ? (to.contactId as string) : stop.on.key,
    channel: stop.channel,
    topic_id: null,
    campaign_id: null,
    direction: "outbound",
    actor_type: "import",
    actor_id: importId,
    contact_id: to.contactId,
    address: stop.on === "contact" ? null : stop.on.value,
    because: "An imported file said so",
    evidence: { import_id: importId, row },
  };
}

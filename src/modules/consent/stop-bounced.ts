import type { Tx } from "../../kernel/database/index.ts";
import { newId } from "../../kernel/ids.ts";
import { type Channel, contactsWithEmailKey } from "../contacts/index.ts";
import { system } from "../ledger/index.ts";
import type { Stop } from "./kinds.ts";
import { makeStops } from "./make-stop.ts";
import type { StopRow } from "./queries.ts";

/** An address whose mailbox does not exist, as a server said. */
export interface Bounced {
  key: string;
  channel: Channel;
  contactId: string | null;
  address?: string | null;
  because: string;
  evidence: Record<string, unknown>;
}

/**
 * Hard bounces: each address is suppressed, and the contacts that have it as
 * their email are deactivated, since it is the one they are reached by. All of it
 * behind one bump of the fences, in their one order. Answers the stops that stand.
 */
export async function stopBounced(
  tx: Tx,
  bounced: readonly Bounced[],
): Promise<Pick<Stop, "id" | "kind">[]> {
  const rows: StopRow[] = [];
  for (const each of bounced) {
    rows.push(
      rowOf(each, { kind: "suppression", cause: "hard_bounce", contactId: each.contactId }),
    );
    if (each.channel !== "email") continue;
    for (const contactId of await contactsWithEmailKey(tx, each.key)) {
      rows.push(rowOf(each, { kind: "deactivation", cause: "invalid_address", contactId }));
    }
  }
  const { stood } = await makeStops(tx, rows);
  return rows.map((row) => ({ id: stood.get(row.id) ?? row.id, kind: row.kind }));
}

function rowOf(
  bounced: Bounced,
  stop:
    | { kind: "suppression"; cause: "hard_bounce"; contactId: string | null }
    | { kind: "deactivation"; cause: "invalid_address"; contactId: string },
): StopRow {
  const onContact = stop.kind === "deactivation";
  return {
    id: newId(),
    kind: stop.kind,
    cause: stop.cause,
    subject_type: onContact ? "contact" : "address",
    subject: stop.kind === "deactivation" ? stop.contactId : bounced.key,
    channel: onContact ? null : bounced.channel,
    topic_id: null,
    campaign_id: null,
    direction: "outbound",
    actor_type: system.type,
    actor_id: system.id,
    contact_id: stop.contactId,
    address: onContact ? null : (bounced.address ?? null),
    because: bounced.because,
    evidence: bounced.evidence,
  };
}

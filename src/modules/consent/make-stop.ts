import type { Tx } from "../../kernel/database/index.ts";
import { newId } from "../../kernel/ids.ts";
import { happened, happening } from "../../kernel/reactions.ts";
import type { Channel } from "../contacts/index.ts";
import { type Actor, record } from "../ledger/index.ts";
import { noteOptOuts } from "./consents/note-unsubscribes.ts";
import { journalStops } from "./journal.ts";
import type { Direction, Stop, StopCause, StopKind } from "./kinds.ts";
import {
  bumpFences,
  contactsWithFurtherAddress,
  findStanding,
  insertStanding,
  insertStops,
  type StopRow,
} from "./queries.ts";
import { type NamedSubject, resolveSubject } from "./resolve-subject.ts";

export interface StopRequest {
  kind: StopKind;
  subject: NamedSubject;
  /** Null or absent is every channel the kind can cover. */
  channel?: Channel | null;
  topicId?: string | null;
  campaignId?: string | null;
  direction?: Direction;
  cause: StopCause;
  because?: string;
  evidence?: Record<string, unknown>;
  actor: Actor;
}

/** A message that a worker had claimed before the stop was committed. */
export interface UnderWay {
  message_id: string;
  state: string;
}

/** What the one who stopped is told. `underWay` is filled after the commit, before the answer (S2). */
export interface StopReceipt {
  stop: Stop;
  /** False when the same stop stood already: nothing was added. */
  added: boolean;
  cancelledMessages: number;
  underWay: UnderWay[];
}

/**
 * Stops were made: sending cancels what is queued and waits for what is claimed.
 * `holders` are contacts that have a stopped address as a further one.
 */
export const stopsMade = happening<{
  stops: readonly StopRow[];
  /** Those among them that did not stand already. */
  added: readonly StopRow[];
  holders: readonly string[];
  receipt: Pick<StopReceipt, "cancelledMessages" | "underWay">;
}>("stops made");

/**
 * Makes a stop, in the caller's transaction: bumps the fences it is behind,
 * records it, and cancels what is queued. After the commit it is journalled and
 * waits up to 2 s for messages already claimed; whoever began the transaction
 * is answered only then, so an answer is an acknowledgement (invariants S1, S2, S8).
 *
 * Making a stop that stands already adds nothing and answers the standing one (S7).
 */
export async function makeStop(tx: Tx, request: StopRequest): Promise<StopReceipt> {
  const target = await resolveSubject(tx, request.kind, request.subject, request.channel ?? null);
  const row: StopRow = {
    id: newId(),
    kind: request.kind,
    cause: request.cause,
    subject_type: target.type,
    subject: target.subject,
    channel: target.channel,
    topic_id: request.topicId ?? null,
    campaign_id: request.campaignId ?? null,
    direction: request.direction ?? "outbound",
    actor_type: request.actor.type,
    actor_id: request.actor.id,
    contact_id: target.contactId,
    address: target.address,
    because: request.because ?? "",
    evidence: request.evidence ?? {},
  };
  const { added, stood, receipt } = await makeStops(tx, [row]);
  const stop: Stop = { ...row, id: stood.get(row.id) ?? row.id, made_at: new Date() };
  return Object.assign(receipt, { stop, added: added.length > 0 });
}

/**
 * The set-based form, for imports and replays: every row resolved already. One
 * statement a step, however many rows. Returns the rows that were new, and for
 * the others the id of the stop that stood already.
 */
export async function makeStops(
  tx: Tx,
  rows: readonly StopRow[],
): Promise<{
  added: StopRow[];
  stood: Map<string, string>;
  receipt: Pick<StopReceipt, "cancelledMessages" | "underWay">;
}> {
  const receipt = { cancelledMessages: 0, underWay: [] as UnderWay[] };
  if (rows.length === 0) return { added: [], stood: new Map(), receipt };
  const keys = rows.filter((row) => row.subject_type === "address").map((row) => row.subject);
  let holders = keys.length > 0 ? await contactsWithFurtherAddress(tx, keys) : [];
  const fences = await bumpFences(tx, [...rows.map((row) => fenceOf(tx, row)), ...holders]);
  if (keys.length > 0) {
    // Somebody may have become a holder while we waited for the keys' fences; an edit bumps them too.
    const all = await contactsWithFurtherAddress(tx, keys);
    const late = all.filter((holder) => !holders.includes(holder));
    if (late.length > 0) await bumpFences(tx, late);
    holders = all;
  }
  const standing = await insertStanding(tx, rows);
  const added = rows.filter((row) => standing.has(row.id));
  if (added.length > 0) {
    await insertStops(
      tx,
      added.map((row) => ({ ...row, generation: fences.get(fenceOf(tx, row)) ?? 0 })),
    );
    await noteOptOuts(tx, added);
    await record(
      tx,
      ...added.map((row) => ({
        act: "stop.made",
        actor: { type: row.actor_type, id: row.actor_id } as Actor,
        contactId: row.contact_id,
        key: row.subject_type === "contact" ? null : row.subject,
        subjectId: row.id,
        detail: {
          kind: row.kind,
          cause: row.cause,
          channel: row.channel,
          topic_id: row.topic_id,
          campaign_id: row.campaign_id,
          subject_type: row.subject_type,
          subject: row.subject,
        },
      })),
    );
  }
  // Those that stood are journalled again: whoever made them may have died between commit and journal (S8).
  const again = rows.filter((row) => !standing.has(row.id));
  const stood = again.length > 0 ? await findStanding(tx, again) : new Map<string, string>();
  journalStops(
    tx,
    rows.map((row) => ({ ...row, id: stood.get(row.id) ?? row.id })),
  );
  // Also for a stop that stood already: its receipt must name what is still under way.
  await happened(tx, stopsMade, { stops: rows, added, holders, receipt });
  return { added, stood, receipt };
}

/** Domain stops cover addresses that no row names, so they stand behind the workspace's own fence. */
function fenceOf(tx: Tx, row: StopRow): string {
  return row.subject_type === "domain" ? tx.workspaceId : row.subject;
}

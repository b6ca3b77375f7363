import type { Tx } from "../../kernel/database/index.ts";
import { newId } from "../../kernel/ids.ts";
import { happened, happening } from "../../kernel/reactions.ts";
import type { Channel } from "../contacts/index.ts";
import { type Actor, record } from "../ledger/index.ts";
import { journalStops } from "./journal.ts";
import type { Direction, Stop, StopCause, StopKind } from "./kinds.ts";
import { bumpFences, contactsWithFurtherAddress, findStanding, insertStanding, insertStops, type StopRow } from "./queries.ts";
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

/** Stops were made: sending cancels what is queued and waits for what is claimed. */
export const stopsMade = happening<{ stops: readonly StopRow[]; receipt: Pick<StopReceipt, "cancelledMessages" | "underWay"> }>(
  "stops made",
);

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
  const { added, receipt } = await makeStops(tx, [row]);
  const isNew = added.length > 0;
  const stop: Stop = { ...row, made_at: new Date() };
  if (!isNew) stop.id = (await findStanding(tx, row)) ?? row.id;
  return Object.assign(receipt, { stop, added: isNew });
}

/**
 * The set-based form, for imports and replays: every row resolved already. One
 * statement a step, however many rows. Returns the rows that were new.
 */
export async function makeStops(
  tx: Tx,
  rows: readonly StopRow[],
): Promise<{ added: StopRow[]; receipt: Pick<StopReceipt, "cancelledMessages" | "underWay"> }> {
  const receipt = { cancelledMessages: 0, underWay: [] as UnderWay[] };
  if (rows.length === 0) return { added: [], receipt };
  const keys = rows.filter((row) => row.subject_type === "address").map((row) => row.subject);
  const holders = keys.length > 0 ? await contactsWithFurtherAddress(tx, keys) : [];
  const fences = await bumpFences(tx, [...rows.map((row) => fenceOf(tx, row)), ...holders]);
  const standing = await insertStanding(tx, rows);
  const added = rows.filter((row) => standing.has(row.id));
  if (added.length > 0) {
    await insertStops(tx, added.map((row) => ({ ...row, generation: fences.get(fenceOf(tx, row)) ?? 0 })));
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
    journalStops(tx, added);
  }
  // Also for a stop that stood already: its receipt must name what is still under way.
  await happened(tx, stopsMade, { stops: rows, receipt });
  return { added, receipt };
}

/** Domain stops cover addresses that no row names, so they stand behind the workspace's own fence. */
function fenceOf(tx: Tx, row: StopRow): string {
  return row.subject_type === "domain" ? tx.workspaceId : row.subject;
}

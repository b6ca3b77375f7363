import type { Database, Tx } from "../../../kernel/database/index.ts";
import { messageOf } from "../../../kernel/errors.ts";
import { newId } from "../../../kernel/ids.ts";
import {
  type Bounced,
  makeStops,
  noteSuccess,
  noteTemporaryFailure,
  type StopRow,
  stopBounced,
} from "../../consent/index.ts";
import { system } from "../../ledger/index.ts";
import { findMessages, type MessageRef, reportMessages } from "../../sending/index.ts";
import { type EventRow, heardLater, markApplied, postpone, takePending } from "./queries.ts";
import { factOf, stopOf } from "./rules.ts";

const batchSize = 200;

/**
 * Lets stored events of a workspace take effect until none is left whose time
 * has come. Any order and repetition gives one state (S7). Resolves when the last
 * commit is done; what its stops still wait for goes on behind. Returns how many.
 */
export async function applyPending(db: Database, workspaceId: string): Promise<number> {
  let applied = 0;
  for (;;) {
    const taken = await committed(db, workspaceId, batchSize).catch((error) => {
      db.log.warn(
        { err: messageOf(error), workspace: workspaceId },
        "events of a provider could not be applied together; each is tried alone",
      );
      return null;
    });
    if (taken !== null) {
      applied += taken;
      if (taken < batchSize) return applied;
      continue;
    }
    // One of them is in the way: alone, it is postponed, and the others go on.
    for (let n = 0; n < batchSize; n++) {
      const one = await committed(db, workspaceId, 1).catch(() => postponeNext(db, workspaceId));
      if (one === 0) return applied;
      applied += one;
    }
  }
}

/** Applies one batch; resolves at the commit, before the waits that acknowledge stops: nobody is answered here. */
function committed(db: Database, workspaceId: string, limit: number): Promise<number> {
  return new Promise((resolve, reject) => {
    db.inWorkspace(workspaceId, async (tx) => {
      const events = await takePending(tx, limit);
      tx.afterCommit(async () => resolve(events.length));
      if (events.length > 0) await apply(tx, events);
    }).catch(reject); // says nothing any more when it comes after the commit
  });
}

function postponeNext(db: Database, workspaceId: string): Promise<number> {
  return db.inWorkspace(workspaceId, async (tx) => {
    const events = await takePending(tx, 1);
    if (events.length > 0) await postpone(tx, events);
    return events.length;
  });
}

async function apply(tx: Tx, taken: readonly EventRow[]): Promise<void> {
  const ids = [...new Set(taken.flatMap((each) => each.message_id ?? []))];
  const messages = new Map((await findMessages(tx, ids)).map((each) => [each.id, each]));
  const of = (event: EventRow) => (event.message_id ? messages.get(event.message_id) : undefined);
  // What is being handed over has its own outcome first.
  const early = taken.filter((each) => of(each)?.state === "claimed");
  if (early.length > 0) await postpone(tx, early);
  const events = taken.filter((each) => of(each)?.state !== "claimed");
  if (events.length === 0) return;
  const stops = events.flatMap((event) => stopRow(event, of(event)) ?? []);
  await makeStops(
    tx,
    stops.filter((stop) => stop.cause !== "hard_bounce"),
  );
  await stopBounced(tx, stops.filter((stop) => stop.cause === "hard_bounce").map(bouncedOf));
  await noteDeliveries(tx, events);
  await reportMessages(
    tx,
    events.flatMap((event) => {
      const fact = factOf({ ...event, kind: kindOf(event) });
      const message = of(event);
      return fact && message
        ? [
            {
              messageId: message.id,
              fact,
              because: fact === "bounced" ? event.code : null,
              hard: event.kind === "bounced" && event.bounce === "hard",
            },
          ]
        : [];
    }),
  );
  await markApplied(tx, events);
}

function bouncedOf(stop: StopRow): Bounced {
  return {
    key: stop.subject,
    channel: stop.channel ?? "email",
    contactId: stop.contact_id,
    address: stop.address,
    because: stop.because,
    evidence: stop.evidence,
  };
}

function kindOf(event: EventRow) {
  // Unreadable ones are applied as they are stored, and never come here.
  return event.kind === "unreadable" ? "accepted" : event.kind;
}

/** The event's own address; where it names none that can be read, its message's. */
function keyOf(event: EventRow, message: MessageRef | undefined): string | null {
  return event.key ?? message?.key ?? null;
}

function stopRow(event: EventRow, message: MessageRef | undefined): StopRow | null {
  const stop = stopOf({ ...event, kind: kindOf(event) });
  const key = keyOf(event, message);
  if (!stop || !key) return null;
  const address = event.payload?.address;
  return {
    id: newId(),
    ...stop,
    subject_type: "address",
    subject: key,
    channel: event.channel,
    topic_id: null,
    campaign_id: null,
    direction: "outbound",
    actor_type: system.type,
    actor_id: system.id,
    contact_id: message?.contact_id ?? null,
    address: typeof address === "string" && address !== "" ? address : null,
    because: `told by ${event.provider}`,
    evidence: {
      provider: event.provider,
      event_id: event.event_id,
      code: event.code,
      ...(message ? { message_id: message.id } : {}),
    },
  };
}

/** Soft bounces count towards quarantine, deliveries end it; by when they happened, not by when they were told. */
async function noteDeliveries(tx: Tx, events: readonly EventRow[]): Promise<void> {
  const named = events.flatMap((each) => (each.key ? [{ ...each, key: each.key }] : []));
  const soft = named.filter((each) => each.kind === "bounced" && each.bounce === "soft");
  const delivered = named.filter((each) => each.kind === "delivered");
  if (soft.length > 0) {
    const later = await heardLater(tx, soft, { kind: "delivered", bounce: null });
    for (const [index, event] of soft.entries()) {
      if (!later[index]) await noteTemporaryFailure(tx, event);
    }
  }
  if (delivered.length > 0) {
    const later = await heardLater(tx, delivered, { kind: "bounced", bounce: "soft" });
    for (const channel of new Set(delivered.map((each) => each.channel))) {
      const keys = delivered.flatMap((each, index) =>
        each.channel === channel && !later[index] ? [each.key] : [],
      );
      await noteSuccess(tx, keys, channel);
    }
  }
}

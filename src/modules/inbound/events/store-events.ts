import { createHash } from "node:crypto";
import type { Database, Tx } from "../../../kernel/database/index.ts";
import { isHeedError } from "../../../kernel/errors.ts";
import { keyOfAddress } from "../../contacts/index.ts";
import { Batcher } from "../../sending/index.ts";
import type { DeliveryEvent } from "./contract.ts";
import { type EventRow, insertEvents } from "./queries.ts";

/** What one webhook brought, of one account. */
export interface Intake {
  accountId: string;
  provider: string;
  events: readonly DeliveryEvent[];
}

type Row = EventRow & { nonce: string | null };

const longestText = 1_000;

/**
 * Stores what providers report, durably: `store` resolves after the commit. What
 * comes at the same time shares one transaction, so that the disk is waited for once.
 */
export function eventStore(db: Database) {
  const batchers = new Map<string, Batcher<readonly Row[], void>>();

  function batcherOf(workspaceId: string): Batcher<readonly Row[], void> {
    let batcher = batchers.get(workspaceId);
    if (!batcher) {
      batcher = new Batcher<readonly Row[], void>(
        async (intakes) => {
          await db.inWorkspacePrepared(workspaceId, (tx) => insertEvents(tx, intakes.flat()));
          return intakes.map(() => undefined);
        },
        { gatherMs: 2, most: 200 },
      );
      batchers.set(workspaceId, batcher);
    }
    return batcher;
  }

  return {
    store: (workspaceId: string, intake: Intake): Promise<void> =>
      intake.events.length === 0
        ? Promise.resolve()
        : batcherOf(workspaceId).ask(
            intake.events.map((each) => rowOf(db, intake, each, new Date())),
          ),
    /** A believed webhook that nobody could read is kept as it came. */
    storeUnreadable: (
      workspaceId: string,
      given: Omit<Intake, "events"> & { body: Buffer; now: Date },
    ): Promise<void> => batcherOf(workspaceId).ask([unreadableRow(given)]),
  };
}

export type EventStore = ReturnType<typeof eventStore>;

function rowOf(
  db: Pick<Tx, "secrets">,
  { accountId, provider }: Intake,
  event: DeliveryEvent,
  now: Date,
): Row {
  const read = event.address === null ? null : readAddress(db, event.channel, event.address);
  return {
    provider,
    event_id: plain(event.id, 200),
    account_id: accountId,
    kind: event.kind,
    channel: event.channel,
    at: credible(event.at, now) ? event.at : now,
    bounce: event.bounce,
    key: read?.key ?? null,
    message_id: event.messageId,
    code: plain(event.code, 50),
    payload: {
      address: read?.value ?? plain(event.address ?? "", 400),
      provider_id: plain(event.providerId ?? "", 400),
      reason: plain(event.reason, longestText),
    },
    nonce: event.nonce === undefined ? null : plain(event.nonce, 200),
  };
}

function unreadableRow(given: Omit<Intake, "events"> & { body: Buffer; now: Date }): Row {
  return {
    provider: given.provider,
    event_id: createHash("sha256").update(given.body).digest("base64url"),
    account_id: given.accountId,
    kind: "unreadable",
    channel: "email",
    at: given.now,
    bounce: null,
    key: null,
    message_id: null,
    code: "",
    payload: { body: given.body.toString("base64") },
    nonce: null,
  };
}

/** An address that cannot be normalised was never written to by us, and has no key. */
function readAddress(
  { secrets }: Pick<Tx, "secrets">,
  channel: DeliveryEvent["channel"],
  address: string,
): { key: string; value: string } | null {
  try {
    return keyOfAddress(secrets, channel, address);
  } catch (error) {
    if (isHeedError(error)) return null;
    throw error;
  }
}

/** A time that a provider can have meant: not before there was any, nor after tomorrow. */
function credible(at: Date, now: Date): boolean {
  return at.getTime() > 946_684_800_000 && at.getTime() < now.getTime() + 86_400_000;
}

/** PostgreSQL keeps no NUL, and nobody needs half a megabyte of diagnosis. */
function plain(text: string, most: number): string {
  return text.replaceAll("\0", "").toWellFormed().slice(0, most);
}

import type { Tx } from "../../kernel/database/index.ts";
import { type Channel, channels } from "../contacts/index.ts";
import type { Actor } from "../ledger/index.ts";
import { liftStop } from "./lift-stop.ts";
import { makeStop, type StopReceipt } from "./make-stop.ts";
import { type StopRecord, standingOnContact } from "./queries.ts";
import type { Lifter } from "./rules.ts";

export type Disturbance = "off" | "outbound" | "both";

interface Request {
  contactId: string;
  channels: Partial<Record<Channel, Disturbance>>;
  because: string;
  actor: Actor;
  lifter: Lifter;
}

/**
 * Sets do-not-disturb per channel: `off` takes it back; a channel that is not named stays as it is.
 * A stop that covers every channel ends with the first that is set off, and goes on standing as one
 * stop each for the others.
 */
export async function setDoNotDisturb(tx: Tx, request: Request): Promise<StopReceipt[]> {
  const standing = (await standingOnContact(tx, request.contactId)).filter(
    (stop) => stop.kind === "do_not_disturb",
  );
  const onAll = standing.filter((stop) => stop.channel === null);
  const wanted = { ...request.channels };
  if (onAll.length > 0 && Object.values(wanted).includes("off")) {
    for (const channel of channels) wanted[channel] ??= strongest(onAll);
    await liftAll(tx, request, onAll);
    onAll.length = 0;
  }
  const receipts: StopReceipt[] = [];
  for (const [channel, how] of Object.entries(wanted) as [Channel, Disturbance][]) {
    const now = standing.filter((stop) => stop.channel === channel);
    if (how !== "off" && [...now, ...onAll].some((stop) => stop.direction === how)) continue;
    await liftAll(tx, request, now);
    if (how === "off") continue;
    receipts.push(
      await makeStop(tx, {
        kind: "do_not_disturb",
        subject: { contactId: request.contactId },
        channel,
        direction: how,
        cause: request.actor.type === "api_key" ? "api" : "user",
        because: request.because,
        actor: request.actor,
      }),
    );
  }
  return receipts;
}

function strongest(stops: readonly StopRecord[]): Disturbance {
  return stops.some((stop) => stop.direction === "both") ? "both" : "outbound";
}

async function liftAll(tx: Tx, request: Request, stops: readonly StopRecord[]): Promise<void> {
  for (const stop of stops) {
    await liftStop(tx, { stopId: stop.id, actor: request.actor, lifter: request.lifter });
  }
}

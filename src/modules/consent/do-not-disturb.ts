import type { Tx } from "../../kernel/database/index.ts";
import type { Channel } from "../contacts/index.ts";
import type { Actor } from "../ledger/index.ts";
import { liftStop } from "./lift-stop.ts";
import { makeStop, type StopReceipt } from "./make-stop.ts";
import { standingOnContact } from "./queries.ts";
import type { Lifter } from "./rules.ts";

export type Disturbance = "off" | "outbound" | "both";

/** Sets do-not-disturb per channel: `off` takes it back; a channel that is not named stays as it is. */
export async function setDoNotDisturb(
  tx: Tx,
  request: {
    contactId: string;
    channels: Partial<Record<Channel, Disturbance>>;
    because: string;
    actor: Actor;
    lifter: Lifter;
  },
): Promise<StopReceipt[]> {
  const standing = (await standingOnContact(tx, request.contactId)).filter(
    (stop) => stop.kind === "do_not_disturb",
  );
  const receipts: StopReceipt[] = [];
  for (const [channel, wanted] of Object.entries(request.channels) as [Channel, Disturbance][]) {
    const now = standing.filter((stop) => stop.channel === channel);
    if (wanted !== "off" && now.some((stop) => stop.direction === wanted)) continue;
    for (const stop of now) {
      await liftStop(tx, { stopId: stop.id, actor: request.actor, lifter: request.lifter });
    }
    if (wanted === "off") continue;
    receipts.push(
      await makeStop(tx, {
        kind: "do_not_disturb",
        subject: { contactId: request.contactId },
        channel,
        direction: wanted,
        cause: request.actor.type === "api_key" ? "api" : "user",
        because: request.because,
        actor: request.actor,
      }),
    );
  }
  return receipts;
}

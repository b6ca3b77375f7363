import type { Tx } from "../../../kernel/database/index.ts";
import { newId } from "../../../kernel/ids.ts";
import type { Actor } from "../../ledger/index.ts";
import type { StopRecord, StopRow } from "../queries.ts";
import { insertConsentEvents } from "./queries.ts";

/** Puts unsubscribes into the history of consents. The stop itself is what refuses. */
export async function noteOptOuts(tx: Tx, stops: readonly StopRow[]): Promise<void> {
  const events = stops.flatMap((stop) =>
    stop.kind === "unsubscribe" && stop.channel !== null
      ? [
          {
            id: newId(),
            key: stop.subject,
            channel: stop.channel,
            topic_id: stop.topic_id,
            state: "opted_out" as const,
            source: stop.cause,
            stop_id: stop.id,
            evidence: {},
            actor_type: stop.actor_type,
            actor_id: stop.actor_id,
            expires_at: null,
          },
        ]
      : [],
  );
  await insertConsentEvents(tx, events);
}

/** Puts the lift of an unsubscribe into the history. What was consented to before it holds again. */
export async function noteLift(tx: Tx, stop: StopRecord, actor: Actor): Promise<void> {
  if (stop.kind !== "unsubscribe" || stop.channel === null) return;
  await insertConsentEvents(tx, [
    {
      id: newId(),
      key: stop.subject,
      channel: stop.channel,
      topic_id: stop.topic_id,
      state: "lifted",
      source: actor.type,
      stop_id: stop.id,
      evidence: {},
      actor_type: actor.type,
      actor_id: actor.id,
      expires_at: null,
    },
  ]);
}

import type { Tx } from "../../../kernel/database/index.ts";
import { HeedError } from "../../../kernel/errors.ts";
import type { Caller } from "../../../kernel/http/index.ts";
import { continueFollowUpsOf } from "../../campaigns/index.ts";
import { liftStop, stopsStanding } from "../../consent/index.ts";
import { type Channel, requireVisible } from "../../contacts/index.ts";
import { actorOf, record } from "../../ledger/index.ts";
import { findMessage } from "../../sending/index.ts";
import { actOnMeaning } from "../acting/act-on-reply.ts";
import type { Deed, Meaning } from "../understanding.ts";
import { understandingOf } from "./present.ts";
import { lockInbound, rememberPhrase, writeCorrection } from "./queries.ts";

/**
 * A person says what an answer means. What the new meaning asks for is done now,
 * and the stops that the old reading made are lifted, each named: they were made
 * by a mistake of Heed's and not by the person. `remember` keeps a phrase of the
 * answer for this workspace, so that the next one is read the same.
 * @throws HeedError not_found, state_conflict, lift_not_allowed
 */
export async function correctReading(
  tx: Tx,
  request: { id: string; meaning: Meaning; remember: string | null; caller: Caller },
): Promise<void> {
  const { caller, meaning } = request;
  const inbound = await lockInbound(tx, request.id);
  if (!inbound) throw new HeedError("not_found", "There is no such message.");
  if (inbound.contact_id) await requireVisible(tx, caller, inbound.contact_id);
  if (inbound.kind !== "reply" && inbound.kind !== "auto_reply" && inbound.kind !== "unknown") {
    throw new HeedError(
      "state_conflict",
      "Only an answer has a meaning to correct. This message is a report of a mail server.",
    );
  }
  if (request.remember) await rememberPhrase(tx, request.remember, meaning, caller.userId);
  const message = inbound.message_id ? await findMessage(tx, inbound.message_id) : null;
  const actor = actorOf(caller);
  if (meaning !== inbound.meaning) await liftMisread(tx, inbound.did, caller, meaning);
  const did = await actOnMeaning(tx, {
    inboundId: inbound.id,
    understanding: {
      ...understandingOf(inbound),
      meaning,
      certain: true,
      understoodAs: "a person's correction",
      because: `read by a person as ${meaning}`,
    },
    subject: {
      message: message ?? null,
      contactId: inbound.contact_id,
      key: message?.key ?? inbound.key,
      because: "",
    },
    channel: inbound.channel as Channel,
    receivedAt: inbound.received_at,
    actor,
  });
  const stops = did.some((deed) => deed.what === "stopped");
  if (!stops && meaning !== "not_interested" && inbound.contact_id) {
    await continueFollowUpsOf(tx, inbound.contact_id, "reply_doubtful");
  }
  await writeCorrection(tx, inbound.id, { from: inbound.meaning, meaning, by: caller.userId, did });
  await record(tx, {
    act: "inbound.corrected",
    actor,
    contactId: inbound.contact_id,
    subjectId: inbound.id,
    detail: { from: inbound.meaning, to: meaning },
  });
}

async function liftMisread(
  tx: Tx,
  did: readonly Deed[],
  caller: Caller,
  meaning: Meaning,
): Promise<void> {
  const made = did.flatMap((deed) =>
    deed.what === "stopped" && deed.stop_id ? [deed.stop_id] : [],
  );
  for (const stopId of await stopsStanding(tx, made)) {
    await liftStop(tx, {
      stopId,
      actor: actorOf(caller),
      lifter: { as: "correction", permissions: caller.permissions },
      authorization: `the answer was misread; it means: ${meaning}`,
    });
  }
}

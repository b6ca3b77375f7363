import type { Tx } from "../../kernel/database/index.ts";
import { happened } from "../../kernel/reactions.ts";
import { countForBreaker } from "./breaker/count.ts";
import { decide } from "./claim.ts";
import {
  messagesAccepted,
  messagesCancelled,
  messagesDelayed,
  messagesFailed,
  messagesUnknown,
} from "./happenings.ts";
import type { ClaimedMessage } from "./message.ts";
import { type OutcomeRow, recordOutcomes } from "./queries.ts";
import { isHardBounce, nextTry } from "./rules.ts";
import type { HandOverResult } from "./transport.ts";

/** What came of one claimed message. `unsendable` never reached a transport: its content or address cannot be sent. */
export interface Outcome {
  message: ClaimedMessage;
  result: HandOverResult | { outcome: "unsendable"; because: string };
}

const longestResponse = 500;

/** Records what came of claimed messages and lets the rest of Heed follow, in one transaction. */
export async function recordAll(
  tx: Tx,
  outcomes: readonly Outcome[],
  chance: () => number,
): Promise<void> {
  const withdrawn = outcomes
    .filter((each) => each.result.outcome === "withdrawn")
    .map((each) => each.message);
  const refusals = withdrawn.length > 0 ? await decide(tx, withdrawn) : new Map();
  const rows = outcomes.map((each) =>
    rowOf(each, refusals.get(each.message.id)?.refusals ?? 0, chance()),
  );
  const recorded = await recordOutcomes(tx, rows);
  const byState = (state: OutcomeRow["state"]) =>
    outcomes.filter((each, index) => rows[index]?.state === state && recorded.has(each.message.id));

  const accepted = byState("accepted").map((each) => each.message);
  if (accepted.length > 0) await happened(tx, messagesAccepted, accepted);

  const cancelled = byState("cancelled").map((each) => ({
    ...each.message,
    refusals: refusals.get(each.message.id)?.refusals ?? 0,
  }));
  if (cancelled.length > 0) await happened(tx, messagesCancelled, cancelled);

  const failed = [...byState("failed"), ...byState("bounced")].map((each) => ({
    ...each.message,
    code: "code" in each.result ? each.result.code : "",
    hard: each.result.outcome !== "unsendable" && isHardBounce(each.result),
  }));
  if (failed.length > 0) await happened(tx, messagesFailed, failed);

  const unknown = byState("unknown").map((each) => each.message);
  if (unknown.length > 0) await happened(tx, messagesUnknown, unknown);

  const delayed = outcomes.flatMap((each) =>
    each.result.outcome === "temporary" && recorded.has(each.message.id)
      ? [{ ...each.message, code: each.result.code, aboutAddress: each.result.at === "recipient" }]
      : [],
  );
  if (delayed.length > 0) await happened(tx, messagesDelayed, delayed);

  await countForBreaker(
    tx,
    rows.flatMap(({ id, state }) => {
      const what = state === "accepted" ? state : state === "bounced" ? "refused" : null;
      const { account_id, finished_at: at } = recorded.get(id) ?? {};
      return what && account_id && at ? [{ account_id, at, what }] : [];
    }),
  );
}

function rowOf({ message, result }: Outcome, refusals: number, chance: number): OutcomeRow {
  const row: OutcomeRow = {
    id: message.id,
    state: "queued",
    response: "response" in result ? (result.response ?? "").slice(0, longestResponse) : null,
    provider_id: null,
    because: null,
    refusals: null,
    due_at: null,
    faults: result.outcome === "temporary" && result.at === "connection" ? 1 : 0,
  };
  switch (result.outcome) {
    case "accepted":
      return { ...row, state: "accepted", provider_id: result.providerId };
    case "unknown":
      return { ...row, state: "unknown", because: "no answer after the final dot" };
    case "permanent":
      return { ...row, state: isHardBounce(result) ? "bounced" : "failed", because: result.code };
    case "unsendable":
      return { ...row, state: "failed", because: result.because };
    case "withdrawn":
      // A stop that was lifted again meanwhile leaves nothing to refuse: the message waits for its next claim.
      return refusals === 0
        ? { ...row, due_at: new Date() }
        : { ...row, state: "cancelled", refusals };
    case "temporary": {
      const faults = message.faults + row.faults;
      const tries = { answered: message.attempts + 1 - faults, faults };
      const wait = nextTry(tries, result, chance);
      return wait === null
        ? {
            ...row,
            state: "failed",
            because: `given up after ${message.attempts + 1} tries: ${result.code}`,
          }
        : { ...row, due_at: new Date(Date.now() + wait), because: result.code };
    }
  }
}

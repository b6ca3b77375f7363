import type { Tx } from "../../kernel/database/index.ts";
import { HeedError } from "../../kernel/errors.ts";
import { happened } from "../../kernel/reactions.ts";
import { countForBreaker } from "./breaker/count.ts";
import { messagesReported } from "./happenings.ts";
import {
  lockReported,
  markHardBounced,
  type ReportedMessage,
  updateReported,
} from "./report-queries.ts";
import { afterReport, type ReportedFact, wentOut } from "./rules.ts";

/** A later fact about a message that went out: by mail, by a provider's webhook. */
export interface Report {
  messageId: string;
  fact: ReportedFact;
  /** The status or code behind it, as 5.1.1; null when there is none. */
  because: string | null;
  /** Of a bounce: the mailbox does not exist. */
  hard?: boolean;
}

/**
 * Records what became of messages that went out. Any order and any repetition
 * of reports gives one state (S7): complained outweighs bounced, bounced
 * delivered. Returns the ids of those that changed; reports of unknown messages,
 * or of some that never went out, change nothing. Each message counts once for
 * its account's breaker, as hard and as complained of. Call it after the stops
 * that the same facts make (countForBreaker).
 * @throws HeedError message_under_way when one of them is still being handed
 * over: its outcome comes first, so ask again in a moment
 */
export async function reportMessages(tx: Tx, reports: readonly Report[]): Promise<string[]> {
  const messages = new Map(
    (await lockReported(tx, [...new Set(reports.map((each) => each.messageId))])).map((each) => [
      each.id,
      each,
    ]),
  );
  const changes = new Map<string, Report & { from: string }>();
  for (const report of reports) {
    const message = messages.get(report.messageId);
    if (!message) continue;
    if (message.state === "claimed") {
      throw new HeedError(
        "message_under_way",
        "This message is being handed over at this moment. Report on it again in a moment.",
      );
    }
    const before = changes.get(report.messageId)?.fact ?? message.state;
    if (!afterReport(before, report.fact)) continue;
    changes.set(report.messageId, { ...report, from: message.state });
  }
  if (changes.size > 0) await follow(tx, messages, changes);
  await count(tx, messages, reports, changes);
  return [...changes.keys()];
}

async function follow(
  tx: Tx,
  messages: ReadonlyMap<string, ReportedMessage>,
  changes: ReadonlyMap<string, Report & { from: string }>,
): Promise<void> {
  await updateReported(tx, [...changes.values()]);
  await happened(
    tx,
    messagesReported,
    [...changes.values()].flatMap(({ messageId, fact, from }) => {
      const message = messages.get(messageId);
      return message ? [{ ...refOf(message), from, to: fact }] : [];
    }),
  );
}

function refOf({
  state: _,
  account_id: _a,
  finished_at: _f,
  hard_bounced: _h,
  ...ref
}: ReportedMessage) {
  return ref;
}

/** A soft bounce that turns out to be hard changes no state, and counts; so does one that was complained of first. */
async function count(
  tx: Tx,
  messages: ReadonlyMap<string, ReportedMessage>,
  reports: readonly Report[],
  changes: ReadonlyMap<string, Report>,
): Promise<void> {
  const hard = new Set<string>();
  for (const report of reports) {
    const message = messages.get(report.messageId);
    if (report.hard && message && !message.hard_bounced && wentOut(message.state)) {
      hard.add(message.id);
    }
  }
  if (hard.size > 0) await markHardBounced(tx, [...hard]);
  await countForBreaker(
    tx,
    [...messages.values()].flatMap(({ id, account_id, finished_at: at }) => {
      if (!at) return [];
      return [
        ...(hard.has(id) ? [{ account_id, at, what: "hard_bounced" as const }] : []),
        ...(changes.get(id)?.fact === "complained"
          ? [{ account_id, at, what: "complained" as const }]
          : []),
      ];
    }),
  );
}

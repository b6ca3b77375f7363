import type { Tx } from "../../kernel/database/index.ts";
import { HeedError } from "../../kernel/errors.ts";
import { happened } from "../../kernel/reactions.ts";
import { messagesReported } from "./happenings.ts";
import { lockReported, updateReported } from "./report-queries.ts";
import { afterReport, type ReportedFact } from "./rules.ts";

/** A later fact about a message that went out: by mail, by a provider's webhook. */
export interface Report {
  messageId: string;
  fact: ReportedFact;
  /** The status or code behind it, as 5.1.1; null when there is none. */
  because: string | null;
}

/**
 * Records what became of messages that went out. Any order and any repetition
 * of reports gives one state (S7): complained outweighs bounced, bounced
 * delivered. Returns the ids of those that changed; reports of unknown messages,
 * or of some that never went out, change nothing.
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
  if (changes.size === 0) return [];
  await updateReported(tx, [...changes.values()]);
  await happened(
    tx,
    messagesReported,
    [...changes.values()].map(({ messageId, fact, from }) => {
      const { state: _, ...message } = messages.get(messageId) as NonNullable<
        ReturnType<typeof messages.get>
      >;
      return { ...message, from, to: fact };
    }),
  );
  return [...changes.keys()];
}

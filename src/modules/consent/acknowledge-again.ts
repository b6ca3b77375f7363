import type { z } from "zod";
import type { Tx } from "../../kernel/database/index.ts";
import { happened } from "../../kernel/reactions.ts";
import { journalStops } from "./journal.ts";
import { stopsMade, type UnderWay } from "./make-stop.ts";
import type { receiptSchema } from "./present.ts";
import { contactsWithFurtherAddress, findStop } from "./queries.ts";

type ReceiptAnswer = z.input<typeof receiptSchema>;

/**
 * The receipt of a stop that is asked for again with its Idempotency-Key. The first
 * answer was kept at the commit, and whoever made the stop may have died since: it
 * is journalled again, and messages still under way are waited for and named, as
 * the first time (S2, S8). Nothing is made anew; of a stop that was lifted since,
 * the first answer stands.
 */
export async function acknowledgeAgain(tx: Tx, answer: ReceiptAnswer): Promise<ReceiptAnswer> {
  const stop = await findStop(tx, answer.stop.id);
  if (!stop?.standing) return answer;
  const row = { ...stop, contact_id: null, evidence: {} };
  const holders =
    row.subject_type === "address" ? await contactsWithFurtherAddress(tx, [row.subject]) : [];
  journalStops(tx, [row]);
  const receipt = { cancelledMessages: 0, underWay: [] as UnderWay[] };
  await happened(tx, stopsMade, { stops: [row], added: [], holders, receipt });
  return {
    ...answer,
    get under_way() {
      return receipt.underWay;
    },
  };
}

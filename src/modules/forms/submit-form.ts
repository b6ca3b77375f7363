import type { Tx } from "../../kernel/database/index.ts";
import { newId } from "../../kernel/ids.ts";
import { type Language, makeStop } from "../consent/index.ts";
import { findHolder, keyOfAddress } from "../contacts/index.ts";
import type { Actor } from "../ledger/index.ts";
import { queueAdministrative } from "../sending/index.ts";
import { takeIn } from "./confirm-submission.ts";
import type { Form, FormField } from "./form.ts";
import { askedSince, insertSubmission } from "./queries.ts";

const recipient: Actor = { type: "recipient", id: null };
const confirmWithin = 7 * 86_400_000;
/** Confirmations that one address is asked for in an hour, whoever fills in the form. */
const mostAsked = 3;

export interface Submitted {
  email: string;
  answers: Partial<Record<FormField, string>>;
  language: Language;
  /** The words that the person agreed to, as they stood on the page. */
  wording: string;
  ipHash: string;
}

/**
 * Takes what somebody sent with a form. A stop holds at once. Anything else waits for the
 * confirmation by mail, except where the form subscribes without one; that creates and opts in,
 * and lifts nothing. Whether the address is known changes neither the answer nor its kind.
 * @throws HeedError address_invalid, no_account
 */
export async function submitForm(tx: Tx, form: Form, sent: Submitted, now: Date): Promise<void> {
  const { key, value } = keyOfAddress(tx.secrets, "email", sent.email);
  if (form.kind === "stop") {
    await makeStop(tx, {
      kind: "unsubscribe",
      subject: { address: { channel: "email", value } },
      channel: "email",
      topicId: form.topic_id,
      cause: "form",
      evidence: { form_id: form.id, ip_hash: sent.ipHash },
      actor: recipient,
    });
    return;
  }
  const submission = {
    id: newId(),
    form_id: form.id,
    key,
    address: value,
    answers: sent.answers,
    wording: sent.wording,
    language: sent.language,
    ip_hash: sent.ipHash,
  };
  if (form.kind === "subscribe" && !form.double_opt_in) {
    await takeIn(tx, form, { ...submission, at: now }, { confirmed: false });
    return;
  }
  // An update of somebody who is not there is nothing, and strangers get no mail for it.
  if (form.kind === "update" && !(await findHolder(tx, { email: value, phone: null }))) return;
  if ((await askedSince(tx, key, new Date(now.getTime() - 3_600_000))) >= mostAsked) return;
  const { messageId } = await queueAdministrative(tx, { address: value });
  await insertSubmission(
    tx,
    { ...submission, message_id: messageId },
    new Date(now.getTime() + confirmWithin),
  );
}

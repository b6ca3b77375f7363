import type { Tx } from "../../kernel/database/index.ts";
import { isHeedError } from "../../kernel/errors.ts";
import { optIn } from "../consent/index.ts";
import {
  createContact,
  editContact,
  findContact,
  findHolder,
  type Viewer,
} from "../contacts/index.ts";
import { type Actor, record } from "../ledger/index.ts";
import { addToList, findList } from "../lists/index.ts";
import type { Form, Submission } from "./form.ts";
import { findForm, holdSubmission, markConfirmed } from "./queries.ts";

const recipient: Actor = { type: "recipient", id: null };
/** The person themself: sees no other contact, and is no user. */
const viewer: Viewer = { userId: "00000000-0000-0000-0000-000000000000", ownOnly: false };

/** Does what a submission asked for, once. False when its time is over or its form is gone. */
export async function confirmSubmission(tx: Tx, submissionId: string): Promise<Form | null> {
  const submission = await holdSubmission(tx, submissionId);
  const form = submission && (await findForm(tx, submission.form_id));
  if (!submission || !form) return null;
  if (submission.confirmed_at !== null) return form;
  await takeIn(tx, form, submission, { confirmed: true });
  await markConfirmed(tx, submission.id);
  return form;
}

/**
 * Creates or updates the contact, opts them in with the evidence, and puts them on the list;
 * an exclusion keeps them out of it. Confirmed, it lifts the person's own unsubscribe from the topic.
 */
export async function takeIn(
  tx: Tx,
  form: Form,
  submission: Pick<Submission, "id" | "key" | "address" | "answers" | "wording" | "ip_hash" | "at">,
  { confirmed }: { confirmed: boolean },
): Promise<void> {
  const contactId = await contactOf(tx, form, submission, confirmed);
  if (contactId === null) return;
  if (form.kind === "subscribe" && form.topic_id !== null) {
    await optIn(tx, {
      address: { key: submission.key, channel: "email" },
      contactId,
      topicId: form.topic_id,
      state: "opted_in",
      byPerson: confirmed,
      source: "form",
      evidence: {
        form_id: form.id,
        wording: submission.wording,
        asked_at: submission.at.toISOString(),
        ip_hash: submission.ip_hash,
        double_opt_in: confirmed,
      },
      actor: recipient,
    });
  }
  if (form.list_id !== null && (await findList(tx, form.list_id))) {
    await addToList(tx, { listId: form.list_id, contactIds: [contactId], actor: recipient });
  }
  await record(tx, {
    act: confirmed ? "form.confirmed" : "form.accepted",
    actor: recipient,
    contactId,
    subjectId: form.id,
    detail: { kind: form.kind },
  });
}

/** The contact of the address: made, filled in where it was empty, or (a confirmed update) written over. */
async function contactOf(
  tx: Tx,
  form: Form,
  { address, answers }: Pick<Submission, "address" | "answers">,
  confirmed: boolean,
): Promise<string | null> {
  try {
    if (form.kind === "subscribe") {
      const made = await createContact(tx, {
        contact: { ...answers, addresses: [{ channel: "email", value: address }] },
        viewer,
        actor: recipient,
      });
      return made.id;
    }
  } catch (error) {
    if (!isHeedError(error) || error.code !== "address_taken") throw error;
    const holder = error.details.contact_id;
    if (typeof holder !== "string") throw error;
    if (confirmed) await fill(tx, holder, answers, { over: false });
    return holder;
  }
  const holder = await findHolder(tx, { email: address, phone: null });
  if (holder) await fill(tx, holder.id, answers, { over: true });
  return holder?.id ?? null;
}

async function fill(
  tx: Tx,
  contactId: string,
  answers: Submission["answers"],
  { over }: { over: boolean },
): Promise<void> {
  const contact = await findContact(tx, contactId);
  if (!contact) return;
  const changes = Object.fromEntries(
    Object.entries(answers).filter(
      ([field, value]) => value !== "" && (over || contact[field as keyof typeof answers] === ""),
    ),
  );
  if (Object.keys(changes).length === 0) return;
  await editContact(tx, {
    contactId,
    changes,
    viewer,
    actor: recipient,
    // No address is among what a form may change.
    afterAddressChange: async () => {},
  });
}

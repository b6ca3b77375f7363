import type { Tx } from "../../kernel/database/index.ts";
import { HeedError } from "../../kernel/errors.ts";
import { newId } from "../../kernel/ids.ts";
import { findTopic } from "../consent/index.ts";
import { type Actor, record } from "../ledger/index.ts";
import { findList } from "../lists/index.ts";
import type { Form } from "./form.ts";
import { archiveForm, findForm, findFormByName, upsertForm } from "./queries.ts";

/** Makes a form. @throws HeedError name_taken, validation_failed, not_found */
export async function createForm(
  tx: Tx,
  request: { form: Omit<Form, "id">; actor: Actor },
): Promise<Form> {
  const form = { ...request.form, id: newId() };
  await checkForm(tx, form);
  await upsertForm(tx, form);
  await record(tx, { act: "form.created", actor: request.actor, subjectId: form.id });
  return form;
}

/** Changes what is named. @throws HeedError name_taken, validation_failed, not_found */
export async function changeForm(
  tx: Tx,
  request: { formId: string; changes: Partial<Omit<Form, "id">>; actor: Actor },
): Promise<Form> {
  const before = await findForm(tx, request.formId);
  if (!before) throw noForm();
  const form = { ...before, ...request.changes };
  await checkForm(tx, form);
  await upsertForm(tx, form);
  await record(tx, { act: "form.changed", actor: request.actor, subjectId: form.id });
  return form;
}

/** Takes a form out of use: its page is gone, and what it asked to confirm can no longer be. */
export async function removeForm(tx: Tx, request: { formId: string; actor: Actor }): Promise<void> {
  if (!(await archiveForm(tx, request.formId))) throw noForm();
  await record(tx, { act: "form.archived", actor: request.actor, subjectId: request.formId });
}

export function noForm(): HeedError {
  return new HeedError("not_found", "There is no such form.");
}

async function checkForm(tx: Tx, form: Form): Promise<void> {
  const holder = await findFormByName(tx, form.name);
  if (holder && holder.id !== form.id) {
    throw new HeedError(
      "name_taken",
      `There is a form "${form.name}" already. Choose another name.`,
    );
  }
  const problems: { field: string; problem: string }[] = [];
  if (form.kind === "subscribe" && form.topic_id === null) {
    problems.push({ field: "topic_id", problem: "is what people subscribe to; name a topic" });
  }
  if (form.kind !== "subscribe" && form.list_id !== null) {
    problems.push({ field: "list_id", problem: "is for forms that subscribe" });
  }
  if (form.kind === "update" && form.fields.length === 0) {
    problems.push({ field: "fields", problem: "is empty, so there is nothing to update" });
  }
  const topic = form.topic_id === null ? null : await findTopic(tx, form.topic_id);
  if (topic === undefined || topic?.archived_at) {
    problems.push({ field: "topic_id", problem: "is no topic in use" });
  }
  if (form.list_id !== null && !(await findList(tx, form.list_id))) {
    problems.push({ field: "list_id", problem: "is no list" });
  }
  if (problems.length > 0) {
    throw new HeedError(
      "validation_failed",
      `Correct these fields: ${problems.map((each) => `${each.field}: ${each.problem}`).join("; ")}`,
      { fields: problems },
    );
  }
}

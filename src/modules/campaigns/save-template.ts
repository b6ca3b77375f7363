import type { Tx } from "../../kernel/database/index.ts";
import { HeedError } from "../../kernel/errors.ts";
import { newId } from "../../kernel/ids.ts";
import { type Actor, record } from "../ledger/index.ts";
import { type ContentFormat, compileContent } from "./content/index.ts";
import {
  insertTemplate,
  selectTemplate,
  type Template,
  updateTemplate,
} from "./template-queries.ts";

/** Writes a template; one that cannot be rendered is refused with every problem in it. */
export async function createTemplate(
  tx: Tx,
  request: { name: string; subject: string; format: ContentFormat; body: string; actor: Actor },
): Promise<Template> {
  const { name, subject, format, body } = request;
  const compiled = await compileContent({ subject, format, body });
  const id = newId();
  if (!(await insertTemplate(tx, { id, name, subject, format, body, compiled })))
    throw nameTaken(name);
  await record(tx, { act: "template.created", actor: request.actor, subjectId: id });
  return findTemplate(tx, id);
}

/** Changes what is given. A campaign that has started keeps the content it started with. */
export async function editTemplate(
  tx: Tx,
  request: {
    id: string;
    change: Partial<Pick<Template, "name" | "subject" | "format" | "body">>;
    actor: Actor;
  },
): Promise<Template> {
  const { name, subject, format, body } = {
    ...(await findTemplate(tx, request.id)),
    ...request.change,
  };
  const compiled = await compileContent({ subject, format, body });
  if (!(await updateTemplate(tx, { id: request.id, name, subject, format, body, compiled })))
    throw nameTaken(name);
  await record(tx, { act: "template.changed", actor: request.actor, subjectId: request.id });
  return findTemplate(tx, request.id);
}

/** @throws HeedError not_found */
export async function findTemplate(tx: Tx, id: string) {
  const template = await selectTemplate(tx, id);
  if (!template) throw new HeedError("not_found", "There is no such template.");
  return template;
}

function nameTaken(name: string): HeedError {
  return new HeedError("name_taken", `There is a template "${name}" already. Choose another name.`);
}

import type { Tx } from "../../kernel/database/index.ts";
import { HeedError } from "../../kernel/errors.ts";
import { newId } from "../../kernel/ids.ts";
import { type Actor, record } from "../ledger/index.ts";
import { insertList } from "./queries.ts";

/** Makes an empty list. Throws `name_taken`. Returns its id. */
export async function createList(
  tx: Tx,
  act: { name: string; kind?: "manual"; actor: Actor },
): Promise<string> {
  const id = newId();
  if (!(await insertList(tx, { id, name: act.name, kind: act.kind ?? "manual" })))
    throw nameTaken();
  await record(tx, { act: "list.created", actor: act.actor, subjectId: id });
  return id;
}

export function nameTaken(): HeedError {
  return new HeedError("name_taken", "Another list has this name. Choose another.");
}

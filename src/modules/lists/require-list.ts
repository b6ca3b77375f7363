import type { Tx } from "../../kernel/database/index.ts";
import { HeedError } from "../../kernel/errors.ts";
import { findList, holdList, type List } from "./queries.ts";

/** The list, or `not_found`. */
export async function requireList(tx: Tx, listId: string): Promise<List> {
  const list = await findList(tx, listId);
  if (!list) throw noList();
  return list;
}

/** Holds the list for a change of its membership until the transaction ends, or throws `not_found`. */
export async function requireHeld(
  tx: Tx,
  listId: string,
  how: "to_add" | "to_exclude",
): Promise<void> {
  if (!(await holdList(tx, listId, how))) throw noList();
}

function noList(): HeedError {
  return new HeedError("not_found", "There is no such list.");
}

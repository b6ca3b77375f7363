import type { Tx } from "../../kernel/database/index.ts";
import { type Actor, record } from "../ledger/index.ts";
import { nameTaken } from "./create-list.ts";
import { updateListName } from "./queries.ts";
import { requireList } from "./require-list.ts";

/** Gives a list another name. Throws `name_taken`. */
export async function renameList(
  tx: Tx,
  act: { listId: string; name: string; actor: Actor },
): Promise<void> {
  const list = await requireList(tx, act.listId);
  if (list.name === act.name) return;
  if (!(await updateListName(tx, act.listId, act.name))) throw nameTaken();
  await record(tx, { act: "list.renamed", actor: act.actor, subjectId: act.listId });
}

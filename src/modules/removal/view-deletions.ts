import type { Tx } from "../../kernel/database/index.ts";
import { HeedError } from "../../kernel/errors.ts";
import { type ListedDeletion, pageOfDeletions } from "./deletion-queries.ts";

/** One confirmed deletion, or `not_found`. */
export async function viewDeletion(tx: Tx, id: string): Promise<ListedDeletion> {
  const [deletion] = await pageOfDeletions(tx, { id, limit: 1 });
  if (!deletion) throw new HeedError("not_found", "There is no such deletion.");
  return deletion;
}

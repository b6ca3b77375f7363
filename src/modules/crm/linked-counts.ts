import type { Tx } from "../../kernel/database/index.ts";
import { countLinked, type LinkedKind } from "./linked-queries.ts";

export interface LinkedCounts {
  notes: number;
  tasks: number;
  appointments: number;
  conversations: number;
  opportunities: number;
}

/** How many items of each kind hang on a set of contacts, in the bin or not; one that hangs on several counts once. */
export async function linkedCounts(tx: Tx, contactIds: readonly string[]): Promise<LinkedCounts> {
  const rows = await countLinked(tx, contactIds);
  const of = (kind: LinkedKind) => rows.find((row) => row.kind === kind)?.count ?? 0;
  return {
    notes: of("note"),
    tasks: of("task"),
    appointments: of("appointment"),
    conversations: of("conversation"),
    opportunities: of("opportunity"),
  };
}

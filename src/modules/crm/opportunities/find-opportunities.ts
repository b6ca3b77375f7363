import type { Tx } from "../../../kernel/database/index.ts";
import { decodeCursor, id } from "../../../kernel/http/index.ts";
import type { Viewer } from "../../contacts/index.ts";
import { badCursor, cutPage } from "../cursor.ts";
import { type Opportunity, type OpportunitySearch, pageOfOpportunities } from "./queries.ts";

/** A page of what the viewer sees: one stage in its own order; anything else, the newest first. */
export async function findOpportunities(
  tx: Tx,
  viewer: Viewer,
  request: OpportunitySearch & { limit: number; cursor?: string },
): Promise<{ opportunities: Opportunity[]; next_cursor: string | null }> {
  const { limit, cursor, ...search } = request;
  const after = cursor === undefined ? null : readCursor(cursor, search.stageId !== undefined);
  const rows = await pageOfOpportunities(tx, viewer, search, { after, limit: limit + 1 });
  const { shown, next_cursor } = cutPage(rows, limit, (each) => [
    search.stageId === undefined ? null : each.position,
    each.id,
  ]);
  return { opportunities: shown, next_cursor };
}

function readCursor(cursor: string, inStage: boolean): { position: number | null; id: string } {
  const [position, rowId] = decodeCursor(cursor, 2);
  const read = id.safeParse(rowId);
  if (!read.success || typeof position !== (inStage ? "number" : "object")) throw badCursor();
  return { position: position as number | null, id: read.data };
}

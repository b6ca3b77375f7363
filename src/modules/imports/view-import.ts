import type { Tx } from "../../kernel/database/index.ts";
import type { Caller } from "../../kernel/http/index.ts";
import { findImport, type Import } from "./queries.ts";
import { isVisibleTo, noImport } from "./start-work.ts";

export async function viewImport(tx: Tx, caller: Caller, importId: string): Promise<Import> {
  const found = await findImport(tx, importId);
  if (!found || !isVisibleTo(caller, found)) throw noImport();
  return found;
}

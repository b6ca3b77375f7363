import type { Database } from "../../kernel/database/index.ts";
import type { Counts } from "./rules.ts";
import type { ImportWork } from "./run-import.ts";

export interface DryRun { counts: Counts }
export async function dryRun(_db: Database, _work: ImportWork): Promise<DryRun> { throw new Error("todo"); }

import type { Database } from "../kernel/database/index.ts";
import { type Chore, startHousekeeping } from "../kernel/housekeeping.ts";
import { deleteOldAnswers } from "../kernel/http/index.ts";
import { deleteOldItems } from "../kernel/jobs/index.ts";
import {
  deleteEndedSessions,
  deleteSpentLinks,
  listWorkspaceIds,
} from "../modules/access/index.ts";
import { purgeMerged } from "../modules/contacts/index.ts";
import { deleteExpiredSubmissions } from "../modules/forms/index.ts";

/** What is taken away by itself once nobody can need it. */
export const chores: readonly Chore[] = [
  deleteEndedSessions,
  deleteSpentLinks,
  deleteOldAnswers,
  deleteOldItems,
  purgeMerged,
  deleteExpiredSubmissions,
];

export function startKeeper(db: Database): { stop(): Promise<void> } {
  return startHousekeeping(db, { workspaceIds: () => db.asSystem(listWorkspaceIds), chores });
}

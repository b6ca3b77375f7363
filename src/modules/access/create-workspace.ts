import type { Database, Tx } from "../../kernel/database/index.ts";
import { HeedError } from "../../kernel/errors.ts";
import { newId } from "../../kernel/ids.ts";
import { happened, happening } from "../../kernel/reactions.ts";
import { record, system } from "../ledger/index.ts";
import { insertRole, insertWorkspace } from "./queries.ts";
import { builtInRoles } from "./roles.ts";
import { knownTimeZone } from "./rules.ts";

/** The workspace that the transaction is in was made. */
export const workspaceCreated = happening<null>("workspace created");

export interface NewWorkspace {
  name: string;
  timeZone: string;
  /** More that a workspace begins with, in the same transaction. */
  furnish?: ((tx: Tx) => Promise<void>) | undefined;
}

/** Makes a workspace with the six built-in roles. @throws HeedError unknown_time_zone, name_missing */
export async function createWorkspace(
  db: Database,
  workspace: NewWorkspace,
): Promise<{ workspaceId: string }> {
  const workspaceId = newId();
  await db.inWorkspace(workspaceId, (tx) => fillWorkspace(tx, workspace));
  return { workspaceId };
}

/** Writes the workspace that the transaction is in, which is not there yet. */
export async function fillWorkspace(tx: Tx, workspace: NewWorkspace): Promise<void> {
  const name = workspace.name.trim();
  if (name === "") throw new HeedError("name_missing", "Give the workspace a name.");
  await insertWorkspace(tx, { name, timeZone: knownTimeZone(workspace.timeZone) });
  for (const role of builtInRoles) {
    await insertRole(tx, {
      ...role,
      id: newId(),
      built_in: true,
      permissions: [...role.permissions],
    });
  }
  await record(tx, { act: "workspace.created", actor: system, subjectId: tx.workspaceId });
  await happened(tx, workspaceCreated, null);
  await workspace.furnish?.(tx);
}

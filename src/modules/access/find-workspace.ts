import type { Tx } from "../../kernel/database/index.ts";
import { HeedError } from "../../kernel/errors.ts";
import { selectWorkspace, type Workspace } from "./queries.ts";
import { type Policy, readPolicy } from "./workspace-policy.ts";

/** The transaction's workspace. @throws HeedError not_found */
export async function findWorkspace(tx: Tx): Promise<Workspace> {
  const workspace = await selectWorkspace(tx);
  if (!workspace) throw new HeedError("not_found", "There is no such workspace.");
  return workspace;
}

/** The policy of the transaction's workspace. */
export async function workspacePolicy(tx: Tx): Promise<Policy> {
  return readPolicy((await findWorkspace(tx)).policy);
}

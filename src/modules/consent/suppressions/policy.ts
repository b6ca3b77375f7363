import type { Database, Tx } from "../../../kernel/database/index.ts";
import { HeedError } from "../../../kernel/errors.ts";
import type { Caller } from "../../../kernel/http/index.ts";
import { listRoles } from "../../access/index.ts";

/** The list names everybody's addresses, so it is for roles that see all contacts. @throws HeedError permission_denied */
export async function requireSeesAll(tx: Tx, caller: Caller): Promise<void> {
  if (!caller.ownOnly) return;
  const roles = (await listRoles(tx)).filter(
    (role) => role.visibility === "all" && role.permissions.includes("suppressions.view"),
  );
  const names = roles.map((role) => role.name);
  throw new HeedError(
    "permission_denied",
    `Your role sees its own contacts, and this list names everybody's addresses. The stops of your contacts stand on their profiles. Ask somebody with one of these roles: ${names.join(", ") || "Administrator"}.`,
    { permission: "suppressions.view", roles: names },
  );
}

/** The same for routes that begin their own transactions. */
export function requireSeesAllIn(db: Database, caller: Caller): Promise<void> {
  return db.inWorkspace(caller.workspaceId, (tx) => requireSeesAll(tx, caller));
}

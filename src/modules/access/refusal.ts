import type { Database } from "../../kernel/database/index.ts";
import { HeedError } from "../../kernel/errors.ts";
import type { Caller } from "../../kernel/http/index.ts";
import { isPermission, permissions } from "./permissions.ts";
import { holdersOf } from "./queries.ts";
import { selectUser } from "./user-queries.ts";

const mostNames = 5;

/**
 * The error for a caller who lacks a permission: what is missing, which roles
 * have it and, when they are few, whom to ask.
 */
export function refusal(db: Database): (caller: Caller, permission: string) => Promise<HeedError> {
  return (caller, permission) =>
    db.inWorkspace(caller.workspaceId, async (tx) => {
      const holders = await holdersOf(tx, permission, mostNames + 1);
      const people = holders.people.length > mostNames ? [] : holders.people;
      const details = { permission, roles: holders.roles, people };
      const missing = `the permission ${permission}${isPermission(permission) ? ` (${permissions[permission]})` : ""}`;
      if (caller.apiKeyId !== null) {
        const user = await selectUser(tx, caller.userId);
        if (user?.permissions.includes(permission)) {
          return new HeedError(
            "permission_denied",
            `This API key lacks ${missing} among its scopes. Use a key that has it.`,
            details,
          );
        }
      }
      const who =
        holders.roles.length === 0
          ? "No role has it"
          : `Roles that have it: ${holders.roles.join(", ")}`;
      const ask =
        people.length > 0 ? `Ask one of them: ${people.join(", ")}` : "Ask an administrator";
      return new HeedError("permission_denied", `This needs ${missing}. ${who}. ${ask}.`, details);
    });
}

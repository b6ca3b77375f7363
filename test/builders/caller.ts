import type { Caller } from "../../src/kernel/http/index.ts";
import { newId } from "../../src/kernel/ids.ts";
import { builtInRoles } from "../../src/modules/access/index.ts";

/** Somebody with a built-in role, as a request knows them. There need be no such user. */
export function buildCaller(workspaceId: string, roleName: string): Caller {
  const role = builtInRoles.find((each) => each.name === roleName);
  if (!role) throw new Error(`There is no role ${roleName}.`);
  return {
    workspaceId,
    userId: newId(),
    apiKeyId: null,
    name: roleName,
    roleName,
    permissions: new Set(role.permissions),
    ownOnly: role.visibility === "own",
  };
}

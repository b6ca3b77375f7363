import { z } from "zod";
import { id, idParams, page, type Route, route } from "../../kernel/http/index.ts";
import { changeRole } from "./change-role.ts";
import { deleteRole } from "./delete-role.ts";
import { name, permission, visibility } from "./fields.ts";
import { makeRole } from "./make-role.ts";
import { allPermissions, permissions } from "./permissions.ts";
import { listRoles } from "./queries.ts";

const tag = "Roles";

const roleSchema = z.object({
  id,
  name: z.string(),
  built_in: z.boolean(),
  permissions: z.array(z.string()),
  visibility,
});

export const roleRoutes: Route[] = [
  route({
    method: "GET",
    path: "/permissions",
    permission: "signed_in",
    summary: "Every permission, with what it lets its holder do",
    tag,
    response: page(z.object({ permission: z.string(), description: z.string() })),
    handler: async () => ({
      items: allPermissions.map((each) => ({ permission: each, description: permissions[each] })),
      next_cursor: null,
    }),
  }),
  route({
    method: "GET",
    path: "/roles",
    permission: "signed_in",
    summary: "Roles and what each may do, built-in ones first",
    tag,
    response: page(roleSchema),
    handler: async ({ tx }) => ({ items: await listRoles(tx), next_cursor: null }),
  }),
  route({
    method: "POST",
    path: "/roles",
    permission: "roles.manage",
    summary: "Make a custom role",
    tag,
    body: z.object({
      name,
      permissions: z.array(permission),
      visibility: visibility.default("all"),
    }),
    response: roleSchema,
    status: 201,
    handler: ({ tx, body, caller }) => makeRole(tx, { ...body, by: caller }),
  }),
  route({
    method: "PATCH",
    path: "/roles/:id",
    permission: "roles.manage",
    summary: "Change a custom role",
    tag,
    params: idParams,
    body: z.object({ name, permissions: z.array(permission), visibility }).partial(),
    response: roleSchema,
    handler: ({ tx, params, body, caller }) =>
      changeRole(tx, { ...body, roleId: params.id, by: caller }),
  }),
  route({
    method: "DELETE",
    path: "/roles/:id",
    permission: "roles.manage",
    summary: "Delete a custom role that nobody has",
    tag,
    params: idParams,
    handler: ({ tx, params, caller }) => deleteRole(tx, { roleId: params.id, by: caller }),
  }),
];

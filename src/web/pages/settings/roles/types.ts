import type { Body, Item } from "../../../api/types.ts";

export type Role = Item<"/api/v1/roles">;
export type Permission = Item<"/api/v1/permissions">;
export type PermissionName = Body<"/api/v1/roles", "post">["permissions"][number];

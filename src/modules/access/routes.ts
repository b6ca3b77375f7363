import type { Route } from "../../kernel/http/index.ts";
import { keyRoutes } from "./key-routes.ts";
import { meRoutes } from "./me-routes.ts";
import { roleRoutes } from "./role-routes.ts";
import { sessionRoutes } from "./session-routes.ts";
import { userRoutes } from "./user-routes.ts";
import { workspaceRoutes } from "./workspace-routes.ts";

export const accessRoutes: Route[] = [
  ...sessionRoutes,
  ...meRoutes,
  ...workspaceRoutes,
  ...userRoutes,
  ...roleRoutes,
  ...keyRoutes,
];

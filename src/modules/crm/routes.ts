import type { Route } from "../../kernel/http/index.ts";
import { appointmentRoutes } from "./appointments/routes.ts";
import type { CrmParts } from "./conversations/parts.ts";
import { conversationRoutes } from "./conversations/routes.ts";
import { linkedRoutes } from "./linked-routes.ts";
import { noteRoutes } from "./notes/routes.ts";
import { opportunityRoutes } from "./opportunities/routes.ts";
import { pipelineRoutes } from "./pipelines/routes.ts";
import { taskRoutes } from "./tasks/routes.ts";

export function crmRoutes(parts: CrmParts): Route[] {
  return [
    ...linkedRoutes,
    ...conversationRoutes(parts),
    ...noteRoutes,
    ...taskRoutes,
    ...appointmentRoutes,
    ...pipelineRoutes,
    ...opportunityRoutes,
  ];
}

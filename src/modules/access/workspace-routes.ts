import { z } from "zod";
import { id, type Route, rfc3339, route, time } from "../../kernel/http/index.ts";
import { changeWorkspace } from "./change-workspace.ts";
import { name } from "./fields.ts";
import { findWorkspace } from "./find-workspace.ts";
import type { Workspace } from "./queries.ts";
import { policyChangeSchema, policySchema, readPolicy } from "./workspace-policy.ts";

const tag = "Workspace";

const workspaceSchema = z.object({
  id,
  name: z.string(),
  time_zone: z.string(),
  policy: policySchema,
  created_at: time,
});

function present(workspace: Workspace): z.input<typeof workspaceSchema> {
  return {
    id: workspace.workspace_id,
    name: workspace.name,
    time_zone: workspace.time_zone,
    policy: readPolicy(workspace.policy),
    created_at: rfc3339(workspace.created_at),
  };
}

export const workspaceRoutes: Route[] = [
  route({
    method: "GET",
    path: "/workspace",
    permission: "signed_in",
    summary: "The workspace and its policy",
    tag,
    response: workspaceSchema,
    handler: async ({ tx }) => present(await findWorkspace(tx)),
  }),
  route({
    method: "PATCH",
    path: "/workspace",
    permission: "workspace.edit",
    summary: "Change the workspace's name, time zone or policy",
    tag,
    body: z.object({ name, time_zone: z.string().max(100), policy: policyChangeSchema }).partial(),
    response: workspaceSchema,
    async handler({ tx, body, caller }) {
      const { time_zone: timeZone, ...change } = body;
      return present(await changeWorkspace(tx, { ...change, timeZone, caller }));
    },
  }),
];

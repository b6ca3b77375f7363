import { z } from "zod";
import type { Tx } from "../../kernel/database/index.ts";
import { type Caller, id } from "../../kernel/http/index.ts";
import { findUser } from "./find-user.ts";
import { findWorkspace } from "./find-workspace.ts";

export const meSchema = z.object({
  user: z.object({ id, name: z.string(), email: z.string(), has_password: z.boolean() }),
  role: z.object({ id, name: z.string() }),
  permissions: z.array(z.string()),
  own_only: z.boolean().describe("True when only the user's own contacts are seen"),
  workspace: z.object({ id, name: z.string(), time_zone: z.string() }),
  locale: z.string(),
  totp_enabled: z.boolean(),
  csrf_token: z
    .string()
    .nullable()
    .describe("Send it as X-Heed-Csrf with every write of this session; null for an API key"),
});

export type Me = z.input<typeof meSchema>;

/** Who the caller is and what they may do. */
export async function describeMe(tx: Tx, caller: Caller, csrfToken: string | null): Promise<Me> {
  const user = await findUser(tx, caller.userId);
  const workspace = await findWorkspace(tx);
  return {
    user: { id: user.id, name: user.name, email: user.email, has_password: user.has_password },
    role: { id: user.role_id, name: user.role_name },
    permissions: [...caller.permissions],
    own_only: caller.ownOnly,
    workspace: { id: workspace.workspace_id, name: workspace.name, time_zone: workspace.time_zone },
    locale: user.locale,
    totp_enabled: user.has_totp,
    csrf_token: csrfToken,
  };
}

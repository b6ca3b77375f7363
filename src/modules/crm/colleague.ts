import type { Tx } from "../../kernel/database/index.ts";
import { HeedError } from "../../kernel/errors.ts";
import { findUsers } from "../access/index.ts";

/** Refuses an assignee or owner who is no active user of the workspace. */
export async function requireColleague(
  tx: Tx,
  field: string,
  userId: string | null | undefined,
): Promise<void> {
  if (!userId) return;
  const [user] = await findUsers(tx, [userId]);
  if (user && user.disabled_at === null) return;
  const problem = "is no active user of this workspace";
  throw new HeedError("validation_failed", `Correct these fields: ${field}: ${problem}`, {
    fields: [{ field, problem }],
  });
}

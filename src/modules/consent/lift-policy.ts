import type { Tx } from "../../kernel/database/index.ts";
import { workspacePolicy } from "../access/index.ts";
import type { LiftPolicy } from "./rules.ts";

/** What the workspace's policy says of lifting. */
export async function liftPolicy(tx: Tx): Promise<LiftPolicy> {
  const policy = await workspacePolicy(tx);
  return { administratorsMayLiftUnsubscribes: policy.administrators_may_lift_unsubscribes };
}

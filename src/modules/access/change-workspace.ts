import type { Tx } from "../../kernel/database/index.ts";
import { HeedError } from "../../kernel/errors.ts";
import type { Caller } from "../../kernel/http/index.ts";
import { actorOf, record } from "../ledger/index.ts";
import { lockWorkspace, updateWorkspace, type Workspace } from "./queries.ts";
import { knownTimeZone } from "./rules.ts";
import { changedPolicy, type PolicyChange } from "./workspace-policy.ts";

/** Changes what is named of the workspace's name, time zone and policy. @throws HeedError unknown_time_zone */
export async function changeWorkspace(
  tx: Tx,
  change: { caller: Caller; name?: string; timeZone?: string; policy?: PolicyChange },
): Promise<Workspace> {
  const before = await lockWorkspace(tx);
  if (!before) throw new HeedError("not_found", "This workspace is not there any more.");
  const after = {
    ...before,
    name: change.name ?? before.name,
    time_zone: change.timeZone === undefined ? before.time_zone : knownTimeZone(change.timeZone),
    policy:
      change.policy === undefined ? before.policy : changedPolicy(before.policy, change.policy),
  };
  await updateWorkspace(tx, after);
  const actor = actorOf(change.caller);
  const renamed = change.name !== undefined || change.timeZone !== undefined;
  if (renamed) {
    await record(tx, {
      act: "workspace.changed",
      actor,
      subjectId: tx.workspaceId,
      detail: { time_zone: after.time_zone },
    });
  }
  if (change.policy !== undefined) {
    // The postal address is a company's, yet it may be a person's home: left out.
    const { postal_address: _, ...policy } = change.policy;
    await record(tx, {
      act: "policy.changed",
      actor,
      subjectId: tx.workspaceId,
      detail: { ...policy },
    });
  }
  return after;
}

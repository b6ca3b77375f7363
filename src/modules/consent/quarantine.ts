import type { Tx } from "../../kernel/database/index.ts";
import { newId } from "../../kernel/ids.ts";
import { workspacePolicy } from "../access/index.ts";
import type { Channel } from "../contacts/index.ts";
import { system } from "../ledger/index.ts";
import { countFailure, forgetFailures } from "./failure-queries.ts";
import { liftStop } from "./lift-stop.ts";
import { makeStop } from "./make-stop.ts";

/** Counts a temporary failure, and quarantines the address when the workspace's limit is reached. */
export async function noteTemporaryFailure(
  tx: Tx,
  failure: { key: string; channel: Channel; code: string },
): Promise<void> {
  const policy = await workspacePolicy(tx);
  const limit = failure.channel === "email" ? policy.quarantine.email : policy.quarantine.sms;
  const failures = await countFailure(tx, {
    // Named one by one: what is passed in may be a whole message, whose id is another.
    id: newId(),
    key: failure.key,
    channel: failure.channel,
    code: failure.code,
    days: limit.days,
  });
  if (failures < limit.failures) return;
  await makeStop(tx, {
    kind: "quarantine",
    subject: { key: failure.key, channel: failure.channel },
    cause: "soft_bounces",
    because: `${failures} temporary failures in ${limit.days} days`,
    evidence: { code: failure.code, failures },
    actor: system,
  });
}

/** A delivery succeeded: earlier failures are forgotten and quarantines end. */
export async function noteSuccess(
  tx: Tx,
  keys: readonly string[],
  channel: Channel,
): Promise<void> {
  if (keys.length === 0) return;
  for (const stopId of await forgetFailures(tx, keys, channel)) {
    await liftStop(tx, {
      stopId,
      actor: system,
      lifter: { as: "system", permissions: new Set() },
      authorization: "a delivery succeeded",
    });
  }
}

import type { Tx } from "../../kernel/database/index.ts";
import { deleteQueued } from "../sending/index.ts";
import { giveBack, listCampaignIds } from "./follow-up-queries.ts";
import { addResults } from "./result-queries.ts";

/**
 * Takes queued messages back as if they had never been queued; what is with a
 * worker already goes. Steps of follow-ups that go on are due again. Returns how
 * many it took back.
 */
export async function withdrawQueued(
  tx: Tx,
  which: { campaignId: string } | { followUpIds: readonly string[] },
): Promise<number> {
  const withdrawn = await deleteQueued(tx, which);
  const steps = withdrawn.flatMap((m) =>
    m.follow_up_id ? [{ followUpId: m.follow_up_id, step: m.step }] : [],
  );
  if (steps.length === 0) return 0;
  const campaignOf = await listCampaignIds(
    tx,
    steps.map((s) => s.followUpId),
  );
  const counts = new Map<
    string,
    { campaign_id: string; step: number; name: "queued"; count: number }
  >();
  for (const { followUpId, step } of steps) {
    const campaign_id = campaignOf.get(followUpId);
    if (!campaign_id) continue;
    const known = counts.get(`${campaign_id}:${step}`);
    if (known) known.count -= 1;
    else counts.set(`${campaign_id}:${step}`, { campaign_id, step, name: "queued", count: -1 });
  }
  await giveBack(
    tx,
    steps.map((s) => s.followUpId),
  );
  await addResults(tx, [...counts.values()]);
  return steps.length;
}

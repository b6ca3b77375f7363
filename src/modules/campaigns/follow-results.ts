import type { Database } from "../../kernel/database/index.ts";
import {
  type ByState,
  type CampaignResults,
  campaignResults,
  followUpsByState,
} from "./results.ts";

/**
 * Reads a campaign's results again and again, for whoever watches. Counting
 * follow-ups by state walks over all of them, so that is done at most for a
 * tenth of the time, and always once the campaign has ended.
 */
export function followResults(
  db: Database,
  workspaceId: string,
  campaignId: string,
): () => Promise<CampaignResults> {
  let known: { byState: ByState; state: string } | null = null;
  let countAgainAt = 0;
  return () =>
    db.inWorkspace(workspaceId, async (tx) => {
      if (known && Date.now() < countAgainAt) {
        const results = await campaignResults(tx, campaignId, known.byState);
        if (results.state === known.state) return results;
      }
      const started = Date.now();
      const byState = await followUpsByState(tx, campaignId);
      const results = await campaignResults(tx, campaignId, byState);
      countAgainAt = Date.now() + 10 * (Date.now() - started);
      known = { byState, state: results.state };
      return results;
    });
}

import type { Database } from "../../kernel/database/index.ts";
import { isHeedError } from "../../kernel/errors.ts";
import { type Job, type JobHandler, type JobKinds, saveProgress } from "../../kernel/jobs/index.ts";
import { record, system } from "../ledger/index.ts";
import { nextMembers } from "./audience-queries.ts";
import { bulkRemovalJobs } from "./bulk-removal.ts";
import { lockCampaign, setCampaignState } from "./campaign-queries.ts";
import { deleteFollowUps, insertFollowUps, settleFollowUps } from "./follow-up-queries.ts";
import { after } from "./rules.ts";
import { findCampaign } from "./save-campaign.ts";

const batch = 5_000;

/**
 * Enrols the members of a starting campaign's lists, 5,000 at a time, and sets
 * it running. A crash continues after the last batch; a cancelled job takes the
 * enrolments back and leaves a draft, from which nothing was sent.
 */
const enrol: JobHandler = async ({ db, workspaceId, job }) => {
  const campaignId = String(job.payload.campaign_id);
  try {
    await enrolAll(db, workspaceId, job, campaignId);
  } catch (error) {
    if (isHeedError(error)) await takeBack(db, workspaceId, campaignId);
    throw error;
  }
};

/** Jobs of this module, by kind. */
export const campaignJobs: JobKinds = {
  "campaign.enrol": { title: () => "Enrol a campaign's audience", run: enrol },
  ...bulkRemovalJobs,
};

async function enrolAll(
  db: Database,
  workspaceId: string,
  job: Job,
  campaignId: string,
): Promise<void> {
  const counts: Record<string, number> = { ...job.counts };
  let last = typeof job.checkpoint.after === "string" ? job.checkpoint.after : null;
  let done = job.done;
  for (let more = true; more; ) {
    more = await db.inWorkspace(workspaceId, async (tx) => {
      if ((await lockCampaign(tx, campaignId)) !== "starting") return false;
      const campaign = await findCampaign(tx, campaignId);
      const ids = await nextMembers(tx, campaign.list_ids, last, batch);
      if (ids.length === 0) {
        await settleFollowUps(tx);
        await setCampaignState(tx, campaignId, "running");
        await record(tx, {
          act: "campaign.enrolled",
          actor: system,
          subjectId: campaignId,
          detail: { ...counts },
        });
        return false;
      }
      const start = campaign.started_at ?? new Date();
      const dueAt = after(start, campaign.steps[0]?.delay ?? "PT0S", campaign.time_zone);
      const added = await insertFollowUps(
        tx,
        { id: campaignId, channel: campaign.channel, topicId: campaign.topic_id },
        ids,
        dueAt,
      );
      for (const { state, because, count } of added) {
        const name = state === "active" ? "enrolled" : `refused_${because}`;
        counts[name] = (counts[name] ?? 0) + count;
      }
      done += ids.length;
      last = ids.at(-1) as string;
      await saveProgress(tx, job.id, { done, counts, checkpoint: { after: last } });
      return true;
    });
  }
}

async function takeBack(db: Database, workspaceId: string, campaignId: string): Promise<void> {
  const step = () =>
    db.inWorkspace(workspaceId, async (tx) => {
      if ((await lockCampaign(tx, campaignId)) !== "starting") return false;
      if ((await deleteFollowUps(tx, campaignId, batch)) === batch) return true;
      await setCampaignState(tx, campaignId, "draft");
      await record(tx, { act: "campaign.start_cancelled", actor: system, subjectId: campaignId });
      return false;
    });
  while (await step()) {
    // Batch by batch, as it was enrolled.
  }
}

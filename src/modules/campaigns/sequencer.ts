import type { Database } from "../../kernel/database/index.ts";
import { messageOf } from "../../kernel/errors.ts";
import { record, system } from "../ledger/index.ts";
import { advanceDue } from "./advance.ts";
import { pauseIfTripped } from "./breaker.ts";
import { campaignsWithWork, isDone, lockCampaign, setCampaignState } from "./campaign-queries.ts";

const batch = 1_000;

export interface Sequencer {
  /** Ends after the batch under way. */
  stop(): Promise<void>;
}

/**
 * Keeps running campaigns going: queues what falls due and finishes those with
 * nothing left. Looks about every second, and without a pause while there is
 * much to do. Any number of processes may run one.
 */
export function startSequencer(db: Database, options: { pollMs?: number } = {}): Sequencer {
  let stopping = false;
  let wake = () => {};
  const loop = (async () => {
    while (!stopping) {
      const busy = await runSequences(db, () => stopping).catch((error) => {
        db.log.error({ err: messageOf(error) }, "could not advance campaigns; trying again");
        return false;
      });
      if (busy || stopping) continue;
      await new Promise<void>((done) => {
        const timer = setTimeout(done, options.pollMs ?? 1_000);
        wake = () => {
          clearTimeout(timer);
          done();
        };
      });
    }
  })();
  return {
    async stop() {
      stopping = true;
      wake();
      await loop;
    },
  };
}

/** One look at every running campaign, a batch each. True when more is due already. */
export async function runSequences(
  db: Database,
  stopping: () => boolean = () => false,
): Promise<boolean> {
  let busy = false;
  for (const campaign of await db.asSystem(campaignsWithWork)) {
    if (stopping()) return false;
    if (campaign.due) {
      const done = await db.inWorkspace(campaign.workspace_id, async (tx) =>
        (await pauseIfTripped(tx, campaign.id))
          ? { queued: 0, stopped: 0 }
          : advanceDue(tx, campaign.id, batch),
      );
      busy ||= done.queued + done.stopped >= batch;
    } else {
      await finishIfDone(db, campaign.workspace_id, campaign.id);
    }
  }
  return busy;
}

/** A campaign is finished when no follow-up goes on and no message of it is open. */
async function finishIfDone(db: Database, workspaceId: string, campaignId: string): Promise<void> {
  await db.inWorkspace(workspaceId, async (tx) => {
    if ((await lockCampaign(tx, campaignId)) !== "running" || !(await isDone(tx, campaignId)))
      return;
    await setCampaignState(tx, campaignId, "finished");
    await record(tx, { act: "campaign.finished", actor: system, subjectId: campaignId });
  });
}

import type { Tx } from "../../kernel/database/index.ts";
import type { CampaignState } from "./campaign-queries.ts";
import {
  countStates,
  type ResultName,
  resultNames,
  type StepResult,
  selectHours,
  selectResults,
} from "./result-queries.ts";
import { type FollowUpState, followUpStates } from "./rules.ts";
import { findCampaign } from "./save-campaign.ts";

/** Two weeks and a day: enough for a curve, however long a campaign runs. */
const mostHours = 360;

export type ByState = Record<FollowUpState, number>;

export interface CampaignResults {
  state: CampaignState;
  steps: StepResult[];
  total: Record<ResultName, number>;
  by_state: ByState;
}

/** The figures of a campaign, from counters that no later deletion changes (D5); follow-ups by state as they are now. */
export async function campaignResults(
  tx: Tx,
  campaignId: string,
  byState?: ByState,
): Promise<CampaignResults> {
  const campaign = await findCampaign(tx, campaignId);
  const counted = new Map((await selectResults(tx, campaignId)).map((row) => [row.step, row]));
  const none = Object.fromEntries(resultNames.map((name) => [name, 0])) as Record<
    ResultName,
    number
  >;
  const steps = campaign.steps.map((_, step) => counted.get(step) ?? { step, ...none });
  const total = { ...none };
  for (const row of steps) for (const name of resultNames) total[name] += row[name];
  return {
    state: campaign.state,
    steps,
    total,
    by_state: byState ?? (await followUpsByState(tx, campaignId)),
  };
}

export async function followUpsByState(tx: Tx, campaignId: string): Promise<ByState> {
  const byState = Object.fromEntries(followUpStates.map((state) => [state, 0])) as ByState;
  for (const { state, count } of await countStates(tx, campaignId)) byState[state] = count;
  return byState;
}

/** Messages accepted per hour, oldest first, at most the latest 360 hours with any. */
export function sentByHour(tx: Tx, campaignId: string): Promise<{ hour: Date; sent: number }[]> {
  return selectHours(tx, campaignId, mostHours);
}

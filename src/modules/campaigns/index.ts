export { type Advanced, advanceDue } from "./advance.ts";
export { type AudienceCount, countAudience } from "./audience-queries.ts";
export { endFollowUpsForDeletion, pauseRestoredFollowUps } from "./bin-queries.ts";
export { pauseCampaignsOf } from "./breaker.ts";
export type { Campaign, CampaignState, Step } from "./campaign-queries.ts";
export {
  continueFollowUp,
  pauseFollowUp,
  removeFollowUp,
  restartFollowUp,
} from "./change-follow-up.ts";
export { composer } from "./compose.ts";
export {
  type CompiledContent,
  type ContentFormat,
  type ContentProblem,
  type ContentSource,
  type ContentVariables,
  compileContent,
  fieldNames,
  problemsOf,
  type RenderedContent,
  renderContent,
  sampleVariables,
} from "./content/index.ts";
export { editProspect } from "./edit-prospect.ts";
export { campaignJobs } from "./enrol.ts";
export { giveFollowUpsBack, moveFollowUpsToWinner } from "./follow-merge.ts";
export { type FollowUp, listFollowUps } from "./follow-up-queries.ts";
export { continueFollowUpsOf, pauseFollowUpsOf, postponeFollowUpsOf } from "./hold-follow-ups.ts";
export { type OutreachFacts, outreachFacts } from "./outreach-queries.ts";
export { pauseCampaign, resumeCampaign } from "./pause-campaign.ts";
export {
  onContactStopped,
  onMessagesAccepted,
  onMessagesCancelled,
  onMessagesFailed,
  onMessagesReported,
  onMessagesUnknown,
  onReply,
  onStopsMade,
  onUnsubscribed,
} from "./reactions.ts";
export { type CampaignResults, campaignResults } from "./results.ts";
export { campaignRoutes } from "./routes.ts";
export type { FollowUpState, SendingWindow } from "./rules.ts";
export { createCampaign, editCampaign, findCampaign } from "./save-campaign.ts";
export { createTemplate, editTemplate, findTemplate } from "./save-template.ts";
export { runSequences, type Sequencer, startSequencer } from "./sequencer.ts";
export { startCampaign } from "./start-campaign.ts";
export { sendTest } from "./test-campaign.ts";

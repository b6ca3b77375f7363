export { acknowledgeAgain } from "./acknowledge-again.ts";
export { activate, deactivate } from "./activation.ts";
export { bulkStop } from "./bulk/bulk-stop.ts";
export { bulkStopRoutes, consentJobs } from "./bulk/routes.ts";
export { carryStops, carryStopsBack } from "./carry-stops.ts";
export { type Disturbance, setDoNotDisturb } from "./do-not-disturb.ts";
export { missingStops, replayJournal } from "./journal.ts";
export type { Direction, Stop, StopCause, StopKind, SubjectType } from "./kinds.ts";
export { type LiftRequest, liftStop } from "./lift-stop.ts";
export {
  makeStop,
  makeStops,
  type StopReceipt,
  type StopRequest,
  stopsMade,
  type UnderWay,
} from "./make-stop.ts";
export { lifterOf, requireScope } from "./policy.ts";
export {
  presentReceipt,
  presentStatus,
  receiptSchema,
  sendingStatusSchema,
  stopRecordSchema,
} from "./present.ts";
export { noteSuccess, noteTemporaryFailure } from "./quarantine.ts";
export {
  bumpFences,
  hasFence,
  type StopRecord,
  type StopRow,
  stopsOfSubjects,
  stopsStanding,
  subjectsOfContact,
} from "./queries.ts";
export { rebindStops } from "./rebind-stops.ts";
export { stopRoutes } from "./routes.ts";
export {
  type Lifter,
  lifting,
  type RefusalCode,
  refusalBits,
  refusalCodes,
  refusalsOf,
} from "./rules.ts";
export {
  type ChannelSummary,
  type Refusal,
  type SendingStatus,
  sendingStatus,
  sendingStatuses,
  sendingSummaries,
} from "./sending-status.ts";
export { type Bounced, stopBounced } from "./stop-bounced.ts";
export { suppressionRoutes } from "./suppressions/routes.ts";
export { createTopic } from "./topics/create-topic.ts";
export { findTopic, insertTopic, listTopics, type Topic } from "./topics/queries.ts";
export { topicRoutes } from "./topics/routes.ts";
export { type PublicStopOptions, publicStopRoutes } from "./unsubscribe/routes.ts";
export {
  makeUnsubscribeToken,
  readUnsubscribeToken,
  type UnsubscribeToken,
} from "./unsubscribe/token.ts";

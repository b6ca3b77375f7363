export {
  type Batch,
  type BatchSteps,
  freezeIds,
  frozenBatch,
  runInBatches,
  sumOf,
} from "./batches.ts";
export {
  countDone,
  type DoneItem,
  deleteOldItems,
  type JobItem,
  listDone,
  type NewItem,
  saveItems,
} from "./items.ts";
export {
  addCounts,
  enqueueJob,
  findJob,
  type Job,
  type JobState,
  listJobs,
  recordJob,
  requestCancellation,
  saveProgress,
} from "./job.ts";
export type { JobContext, JobHandler, JobKind, JobKinds, JobUndo } from "./kinds.ts";
export { type JobParts, pace, presentJobs } from "./present.ts";
export { jobRoutes } from "./routes.ts";
export { heartbeat, type JobRunner, runJobs } from "./run-jobs.ts";
export { sendEvents } from "./send-events.ts";
export { undoing, undoJob } from "./undo.ts";

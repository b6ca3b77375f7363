export {
  enqueueJob,
  findJob,
  type Job,
  type JobItem,
  type JobState,
  requestCancellation,
  saveItems,
  saveProgress,
} from "./job.ts";
export { jobRoutes } from "./routes.ts";
export { heartbeat, type JobHandler, type JobRunner, runJobs } from "./run-jobs.ts";
export { sendEvents } from "./send-events.ts";

export { startUploadCleaner } from "./discard-uploads.ts";
export type { DryRun } from "./dry-run.ts";
export { forgetUploads } from "./forget-uploads.ts";
export {
  type ImportFileRequest,
  type ImportFileResult,
  importFile,
  inspectFile,
} from "./import-file.ts";
export { importJobs } from "./jobs.ts";
export { importRoutes } from "./routes.ts";
export { type Counts, flatCounts, type Mode, modes } from "./rules.ts";

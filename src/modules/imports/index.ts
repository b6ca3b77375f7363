export { type ImportFileRequest, type ImportFileResult, importFile, inspectFile } from "./import-file.ts";
export { type Counts, type Mode, modes } from "./rules.ts";
export { importJobs } from "./jobs.ts";
export { importRoutes } from "./routes.ts";

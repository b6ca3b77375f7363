import type { JobHandler } from "../../kernel/jobs/index.ts";

// Lead's stand-in so that the program starts; the imports author replaces this file.
export function importJobs(_dataDir: string): Record<string, JobHandler> {
  return {};
}

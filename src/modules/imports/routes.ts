import type { Route } from "../../kernel/http/index.ts";

// Lead's stand-in so that the program starts; the imports author replaces this file.
export function importRoutes(_dataDir: string): Route[] {
  return [];
}

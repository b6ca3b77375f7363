export { actOnSelection, atOnceAtMost, type ListAct } from "./bulk.ts";
export { excludeFromList, type ListParts, liftExclusions } from "./change-exclusions.ts";
export { type Added, addMembers, addToList, removeFromList } from "./change-members.ts";
export { createList } from "./create-list.ts";
export { listJobs } from "./jobs.ts";
export { findList, type List } from "./queries.ts";
export { renameList } from "./rename-list.ts";
export { requireList } from "./require-list.ts";
export { listRoutes } from "./routes.ts";

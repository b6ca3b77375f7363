import type { JobKinds } from "../../kernel/jobs/index.ts";
import { contactsJobs } from "../contacts/index.ts";
import type { ListParts } from "./change-exclusions.ts";
import { listActOf, listActs } from "./list-acts.ts";

/** The jobs of lists: each act on a selection, and its undoing. */
export function listJobs(parts: ListParts): JobKinds {
  return Object.assign({}, ...listActs.map((act) => contactsJobs(listActOf(act, parts))));
}

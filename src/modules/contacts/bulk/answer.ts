import { z } from "zod";
import { id } from "../../../kernel/http/index.ts";
import type { DoneAtOnce } from "./act-on-contacts.ts";

/** 200 of a bulk act that was small enough to be done at once; a larger one answers 202 with `job_id` alone. */
export const doneAtOnceSchema = z.object({
  job_id: id.describe("The finished job that records it; undo it there"),
  counts: z.record(z.string(), z.number()),
  items: z.array(
    z.object({
      contact_id: id,
      outcome: z.enum(["done", "skipped"]),
      reason: z.string().nullable(),
    }),
  ),
});

/** What is known only after the commit is read when the answer is written. */
export function presentDone(
  done: DoneAtOnce | { jobId: string },
): z.input<typeof doneAtOnceSchema> {
  if (!("items" in done)) return { job_id: done.jobId } as z.input<typeof doneAtOnceSchema>;
  return {
    job_id: done.jobId,
    get counts() {
      return { ...done.counts, ...done.afterCommit() };
    },
    items: done.items.map(({ contactId, outcome, reason }) => ({
      contact_id: contactId,
      outcome,
      reason: reason ?? null,
    })),
  };
}

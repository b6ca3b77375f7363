import { type ZodType, z } from "zod";

export const id = z.uuid().describe("UUIDv7");
export const time = z.iso.datetime({ offset: true }).describe("RFC 3339, UTC");

/** A timestamp column as the API writes it. */
export function rfc3339(value: Date): string {
  return value.toISOString();
}

export function rfc3339OrNull(value: Date | null): string | null {
  return value === null ? null : value.toISOString();
}

/** `{ id }` in a path. */
export const idParams = z.object({ id });

/** `?limit=&cursor=&count=`, shared by every list. */
export const pageQuery = z.object({
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(1000).optional(),
  count: z
    .enum(["true", "false"])
    .optional()
    .transform((value) => value === "true"),
});

/** The answer of every list. */
export function page<T extends ZodType>(item: T) {
  return z.object({
    items: z.array(item),
    next_cursor: z.string().nullable(),
    count: z.number().int().optional(),
    estimated: z.boolean().optional(),
  });
}

export const errorSchema = z.object({
  error: z.object({
    code: z.string(),
    message: z.string(),
    details: z.record(z.string(), z.unknown()),
  }),
});

/** 202 of anything that takes over about a second. */
export const jobStarted = z.object({ job_id: id });

/** True of an answer that names a job and tells nothing of its outcome. */
export function isJobAlone(answer: unknown): boolean {
  return typeof answer === "object" && answer !== null && Object.keys(answer).join() === "job_id";
}

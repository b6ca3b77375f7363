import { HeedError } from "../../../kernel/errors.ts";

/** Refuses an end that does not come after its beginning. */
export function checkSpan(startsAt: Date, endsAt: Date): void {
  if (endsAt > startsAt) return;
  throw new HeedError(
    "validation_failed",
    "Correct these fields: ends_at: must come after starts_at",
    { fields: [{ field: "ends_at", problem: "must come after starts_at" }] },
  );
}

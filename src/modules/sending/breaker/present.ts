import { z } from "zod";
import type { Tx } from "../../../kernel/database/index.ts";
import { rfc3339OrNull, time } from "../../../kernel/http/index.ts";
import { workspacePolicy } from "../../access/index.ts";
import { selectBreakers } from "./queries.ts";

const count = z.number().int();

export const breakerSchema = z
  .object({
    tripped_at: time.nullable(),
    tripped_because: z.enum(["hard_bounces", "complaints"]).nullable(),
    days: count.describe("What the figures are of: today (UTC) and the days before"),
    accepted: count,
    refused: count.describe("Hard bounces at the hand-over; among hard_bounces as well"),
    hard_bounces: count,
    complaints: count,
  })
  .describe("Too many hard bounces or complaints trip it, and pause the account's campaigns");

export type ShownBreaker = z.input<typeof breakerSchema>;

/** The breakers of these accounts, as the API shows them. */
export async function presentBreakers(
  tx: Tx,
  accountIds: readonly string[],
): Promise<Map<string, ShownBreaker>> {
  if (accountIds.length === 0) return new Map();
  const { days } = (await workspacePolicy(tx)).breaker;
  const rows = await selectBreakers(tx, accountIds, days);
  return new Map(
    rows.map(({ account_id, tripped_at, ...rest }) => [
      account_id,
      { ...rest, days, tripped_at: rfc3339OrNull(tripped_at) },
    ]),
  );
}

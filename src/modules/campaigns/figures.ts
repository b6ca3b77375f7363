import { z } from "zod";
import type { Tx } from "../../kernel/database/index.ts";
import { type ResultName, resultNames, sumResults } from "./result-queries.ts";

/** A campaign's figures over all of its steps. */
export type Figures = Record<ResultName, number>;

const number = z.number().int();
export const figuresSchema = z.object(
  Object.fromEntries(resultNames.map((name) => [name, number])) as Record<
    ResultName,
    typeof number
  >,
);
export const noFigures = Object.fromEntries(resultNames.map((name) => [name, 0])) as Figures;

/** The figures of each of these campaigns that has any. */
export async function figuresOf(
  tx: Tx,
  campaignIds: readonly string[],
): Promise<Map<string, Figures>> {
  const rows = await sumResults(tx, campaignIds);
  return new Map(rows.map(({ campaign_id, ...figures }) => [campaign_id, figures]));
}

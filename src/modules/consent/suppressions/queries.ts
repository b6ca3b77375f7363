import { sql } from "kysely";
import type { Tx } from "../../../kernel/database/index.ts";
import { type StopRecord, stopRecord } from "../queries.ts";

/** A stop on an address or domain, as the suppression page lists it. */
export interface AddressStop extends StopRecord {
  /** A live contact that has the address now, if one has. */
  contact_id: string | null;
}

/** Which standing stops on addresses and domains. */
export interface AddressStopFilter {
  kinds: readonly string[];
  /** LIKE patterns on the address as written; any of them. Null is everything. */
  patterns: readonly string[] | null;
  /** Keys beside the patterns: these find a stop under every spelling, also when its address was erased. */
  keys: readonly string[];
}

function addressStopsWhere(filter: AddressStopFilter) {
  return sql`l.id IS NULL AND s.subject_type IN ('address', 'domain') AND s.kind = ANY(${[...filter.kinds]}::text[])
    AND ${
      filter.patterns === null
        ? sql`true`
        : sql`(d.address LIKE ANY(${[...filter.patterns]}::text[]) OR s.subject = ANY(${[...filter.keys]}::uuid[]))`
    }`;
}

/** Standing stops on addresses and domains, newest first. */
export async function listAddressStops(
  tx: Tx,
  page: AddressStopFilter & { before: string | null; limit: number },
): Promise<AddressStop[]> {
  const { rows } = await sql<AddressStop>`
    SELECT r.*, (SELECT c.id FROM live_contact c WHERE r.subject_type = 'address' AND (c.email_key = r.subject OR c.phone_key = r.subject) LIMIT 1) AS contact_id
    FROM (${stopRecord}
      WHERE ${addressStopsWhere(page)} AND ${page.before ? sql`s.id < ${page.before}` : sql`true`}
      ORDER BY s.id DESC LIMIT ${page.limit}) AS r
    ORDER BY r.id DESC`.execute(tx);
  return rows;
}

export async function countAddressStops(tx: Tx, filter: AddressStopFilter): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    SELECT count(*) AS count FROM (${stopRecord} WHERE ${addressStopsWhere(filter)}) AS r`.execute(
    tx,
  );
  return rows[0]?.count ?? 0;
}

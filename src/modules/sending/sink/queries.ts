import { sql } from "kysely";
import type { Tx } from "../../../kernel/database/index.ts";
import type { Viewer } from "../../contacts/index.ts";

/** A message that the sink kept. */
export interface KeptMessage {
  id: string;
  envelope_from: string;
  envelope_to: string;
  raw: Buffer;
  received_at: Date;
}

const columns = sql`s.id, s.envelope_from, s.envelope_to, s.raw, s.received_at`;

// Whoever sees only their own contacts sees what was written to those.
const visibleTo = (viewer: Viewer) =>
  viewer.ownOnly
    ? sql`EXISTS (SELECT 1 FROM live_contact c WHERE c.email = s.envelope_to AND c.owner_id = ${viewer.userId})`
    : sql`true`;

/** What the sink holds and the viewer may see, newest first, for one recipient or all. */
export async function listKept(
  tx: Tx,
  viewer: Viewer,
  page: { to: string | null; before: string | null; limit: number },
): Promise<KeptMessage[]> {
  const { rows } = await sql<KeptMessage>`
    SELECT ${columns} FROM sink_message s
    WHERE ${page.to === null ? sql`true` : sql`s.envelope_to = ${page.to}`}
      AND ${page.before === null ? sql`true` : sql`s.id < ${page.before}`}
      AND ${visibleTo(viewer)}
    ORDER BY s.id DESC LIMIT ${page.limit}`.execute(tx);
  return rows;
}

export async function findKept(
  tx: Tx,
  viewer: Viewer,
  id: string,
): Promise<KeptMessage | undefined> {
  const { rows } = await sql<KeptMessage>`
    SELECT ${columns} FROM sink_message s WHERE s.id = ${id} AND ${visibleTo(viewer)}`.execute(tx);
  return rows[0];
}

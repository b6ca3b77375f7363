import { sql } from "kysely";
import type { Tx } from "../../kernel/database/index.ts";
import type { Stop } from "./kinds.ts";

/** A stop to be made because another stands: its scope, and the subject it is carried to. */
export interface Carrying extends Omit<Stop, "id" | "made_at" | "actor_type" | "actor_id"> {
  stop_id: string;
  address: string | null;
  because: string;
}

/**
 * What stands on one contact as it must stand for another: contact-bound stops on the other and on
 * every address of the first; suppressions that a person or a file asked for, on the other's
 * primary address of the same sort (the operator's as one made by hand: theirs is of the one address). In the bin or not: a merge has taken one of the two out.
 */
export async function carriedStops(
  tx: Tx,
  { from, to }: { from: string; to: string },
): Promise<Carrying[]> {
  const { rows } = await sql<Carrying>`
    WITH address AS (
      SELECT email_key AS key, email AS value, true AS is_email FROM contact WHERE id = ${from} AND email_key IS NOT NULL
      UNION SELECT phone_key, phone, false FROM contact WHERE id = ${from} AND phone_key IS NOT NULL
      UNION SELECT key, value, channel = 'email' FROM contact_address WHERE contact_id = ${from}
    ),
    target AS (
      SELECT s.stop_id, 'contact' AS subject_type, ${to}::uuid AS subject, NULL AS address
      FROM standing_stop s WHERE s.subject = ${from}
      UNION ALL
      SELECT s.stop_id, 'address', a.key, a.value
      FROM standing_stop s JOIN address a ON s.channel IS NULL OR (s.channel = 'email') = a.is_email
      WHERE s.subject = ${from}
      UNION ALL
      SELECT s.stop_id, 'address', CASE WHEN a.is_email THEN w.email_key ELSE w.phone_key END,
             CASE WHEN a.is_email THEN w.email ELSE w.phone END
      FROM address a
      JOIN standing_stop s ON s.subject = a.key AND s.kind = 'suppression' AND s.cause NOT IN ('hard_bounce', 'invalid_address')
      JOIN contact w ON w.id = ${to} AND CASE WHEN a.is_email THEN w.email_key ELSE w.phone_key END IS DISTINCT FROM a.key
      WHERE CASE WHEN a.is_email THEN w.email_key ELSE w.phone_key END IS NOT NULL
    )
    SELECT t.*, s.kind, CASE s.cause WHEN 'organisation' THEN 'manual' ELSE s.cause END AS cause, s.channel, s.topic_id, s.campaign_id, s.direction, coalesce(d.because, '') AS because
    FROM target t
    JOIN standing_stop s ON s.stop_id = t.stop_id
    LEFT JOIN stop_detail d ON d.stop_id = t.stop_id`.execute(tx);
  return rows;
}

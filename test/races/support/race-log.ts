import type { Database } from "../../../src/kernel/database/index.ts";

/**
 * A log that the test's own database keeps of every claim, stop and lift, in the
 * order of their commits: deferred triggers take a number as the last thing before
 * the commit, while the transaction still holds its locks. Of two transactions that
 * exclude each other by a lock, the one that committed first has the smaller number.
 */
export async function keepRaceLog(db: Database): Promise<void> {
  await db.pool.query(`
    CREATE TABLE race_log (
      n bigint GENERATED ALWAYS AS IDENTITY, at timestamptz NOT NULL DEFAULT clock_timestamp(),
      began timestamptz NOT NULL DEFAULT now(),
      act text NOT NULL, row jsonb NOT NULL);
    CREATE FUNCTION log_race() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    BEGIN
      INSERT INTO race_log (act, row) VALUES (TG_ARGV[0], CASE WHEN TG_OP = 'DELETE' THEN to_jsonb(OLD) ELSE to_jsonb(NEW) END);
      RETURN NULL;
    END $$;
    CREATE CONSTRAINT TRIGGER log_claim AFTER UPDATE ON message DEFERRABLE INITIALLY DEFERRED
      FOR EACH ROW WHEN (NEW.state = 'claimed' AND OLD.state <> 'claimed') EXECUTE FUNCTION log_race('claim');
    CREATE CONSTRAINT TRIGGER log_stop AFTER INSERT ON standing_stop DEFERRABLE INITIALLY DEFERRED
      FOR EACH ROW EXECUTE FUNCTION log_race('stop');
    CREATE CONSTRAINT TRIGGER log_lift AFTER DELETE ON standing_stop DEFERRABLE INITIALLY DEFERRED
      FOR EACH ROW EXECUTE FUNCTION log_race('lift');`);
}

/** A claim as it committed: the message, and the fences that its decision stood behind. */
export interface Claim {
  n: number;
  /** Its commit, in milliseconds since 1970 by the database's clock, and when its transaction began. */
  at: number;
  began: number;
  messageId: string;
  contactId: string;
  key: string;
  address: string;
  campaignId: string | null;
  topicId: string | null;
  fences: { contact: number; key: number; workspace: number };
}

/** A stop as it committed, and its lift if one came. */
export interface LoggedStop {
  n: number;
  at: number;
  began: number;
  id: string;
  kind: string;
  cause: string;
  subjectType: string;
  subject: string;
  channel: string | null;
  topicId: string | null;
  campaignId: string | null;
  /** The fence's counter that it set; null where the log alone knows it. */
  generation: number;
  liftedN: number | null;
}

interface LogRow {
  n: number;
  at: Date;
  began: Date;
  act: "claim" | "stop" | "lift";
  // biome-ignore lint/suspicious/noExplicitAny: a row as JSON, of three tables
  row: Record<string, any>;
  generation: number | null;
}

export async function readRaceLog(db: Database): Promise<{ claims: Claim[]; stops: LoggedStop[] }> {
  const { rows } = await db.pool.query<LogRow>(`
    SELECT l.n, l.at, l.began, l.act, l.row, s.generation FROM race_log l
    LEFT JOIN stop s ON l.act = 'stop' AND s.id = (l.row ->> 'stop_id')::uuid ORDER BY l.n`);
  const claims: Claim[] = [];
  const stops = new Map<string, LoggedStop>();
  for (const { n, at, began, act, row, generation } of rows) {
    if (act === "claim") {
      claims.push({
        n,
        at: at.getTime(),
        began: began.getTime(),
        messageId: row.id,
        contactId: row.contact_id,
        key: row.key,
        address: row.address,
        campaignId: row.campaign_id ?? null,
        topicId: row.topic_id ?? null,
        fences: {
          contact: row.contact_fence,
          key: row.key_fence,
          workspace: row.workspace_fence,
        },
      });
    } else if (act === "stop") {
      stops.set(row.stop_id, {
        n,
        at: at.getTime(),
        began: began.getTime(),
        id: row.stop_id,
        kind: row.kind,
        cause: row.cause,
        subjectType: row.subject_type,
        subject: row.subject,
        channel: row.channel ?? null,
        topicId: row.topic_id ?? null,
        campaignId: row.campaign_id ?? null,
        generation: generation ?? Number.NaN,
        liftedN: null,
      });
    } else {
      const stop = stops.get(row.stop_id);
      if (stop) stop.liftedN = n;
    }
  }
  return { claims, stops: [...stops.values()] };
}

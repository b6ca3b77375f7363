-- Roles, the workspace wall, and small functions every later table uses.

-- heed_app runs all work inside one workspace; heed_system answers the few
-- questions asked before a workspace is known (who holds this session token,
-- which workspaces have mail due). Neither owns anything.
DO $$
BEGIN
  CREATE ROLE heed_app NOLOGIN;
EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
END $$;
DO $$
BEGIN
  CREATE ROLE heed_system NOLOGIN;
EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
END $$;
DO $$
BEGIN
  EXECUTE format('GRANT heed_app, heed_system TO %I', current_user);
EXCEPTION WHEN OTHERS THEN
  IF NOT (pg_has_role(current_user, 'heed_app', 'MEMBER') AND pg_has_role(current_user, 'heed_system', 'MEMBER')) THEN
    RAISE;
  END IF;
END $$;

CREATE EXTENSION IF NOT EXISTS pg_trgm;

GRANT USAGE ON SCHEMA public TO heed_app, heed_system;

-- The workspace that this transaction may see; null outside one.
CREATE FUNCTION current_workspace() RETURNS uuid
  LANGUAGE sql STABLE PARALLEL SAFE
  RETURN nullif(current_setting('heed.workspace_id', true), '')::uuid;

-- Puts a table behind the wall: one policy for heed_app, rows of the current
-- workspace only. The scalar sub-select is evaluated once per statement, not
-- once per row. With p_system, heed_system may read the rows of every workspace.
CREATE PROCEDURE protect(p_table regclass, p_grants text DEFAULT 'SELECT, INSERT, UPDATE, DELETE', p_system boolean DEFAULT false, p_force boolean DEFAULT true)
LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', p_table);
  IF p_force THEN
    EXECUTE format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', p_table);
  END IF;
  EXECUTE format('CREATE POLICY own_workspace ON %s TO heed_app USING (workspace_id = (SELECT current_workspace())) WITH CHECK (workspace_id = (SELECT current_workspace()))', p_table);
  EXECUTE format('GRANT %s ON %s TO heed_app', p_grants, p_table);
  IF p_system THEN
    EXECUTE format('CREATE POLICY system_read ON %s FOR SELECT TO heed_system USING (true)', p_table);
    EXECUTE format('GRANT SELECT ON %s TO heed_system', p_table);
  END IF;
END $$;

-- UUID version 7 (RFC 9562) for rows that SQL itself makes. PostgreSQL 18 has
-- its own; older servers assemble one from the clock and gen_random_uuid().
DO $$
BEGIN
  IF current_setting('server_version_num')::int >= 180000 THEN
    CREATE FUNCTION new_id() RETURNS uuid LANGUAGE sql VOLATILE PARALLEL SAFE AS 'SELECT uuidv7()';
  ELSE
    CREATE FUNCTION new_id() RETURNS uuid LANGUAGE sql VOLATILE PARALLEL SAFE AS $body$
      SELECT (
        lpad(to_hex((extract(epoch FROM clock_timestamp()) * 1000)::bigint), 12, '0')
        || '7' || substr(r, 14, 3) || substr(r, 17)
      )::uuid
      FROM (SELECT replace(gen_random_uuid()::text, '-', '') AS r) AS random
    $body$;
  END IF;
END $$;

CREATE TABLE workspace (
  workspace_id uuid PRIMARY KEY,
  name text NOT NULL,
  -- Policies an administrator may change; absent keys take the defaults of access/rules.ts.
  policy jsonb NOT NULL DEFAULT '{}',
  time_zone text NOT NULL DEFAULT 'UTC',
  created_at timestamptz NOT NULL DEFAULT now()
);
CALL protect('workspace', 'SELECT, INSERT, UPDATE', p_system => true);

-- Facts of the installation as a whole, readable by the system role alone.
CREATE TABLE installation (
  name text PRIMARY KEY,
  value jsonb NOT NULL
);
GRANT SELECT, INSERT, UPDATE ON installation TO heed_system;

-- Bulk work: what was asked, how far it is, and what came of it.
CREATE TABLE job (
  workspace_id uuid NOT NULL REFERENCES workspace,
  id uuid NOT NULL,
  kind text NOT NULL,
  state text NOT NULL DEFAULT 'queued' CHECK (state IN ('queued', 'running', 'finished', 'cancelled', 'failed')),
  payload jsonb NOT NULL DEFAULT '{}',
  checkpoint jsonb NOT NULL DEFAULT '{}',
  total bigint,
  done bigint NOT NULL DEFAULT 0,
  counts jsonb NOT NULL DEFAULT '{}',
  error jsonb,
  requested_by uuid,
  cancel_requested_at timestamptz,
  -- The job that this one undoes, and the one that undoes (or undid) it.
  undoes uuid,
  undone_by uuid,
  -- How long it has worked (ms), without the time that it waited or its process was gone.
  worked_ms bigint NOT NULL DEFAULT 0,
  progressed_at timestamptz,
  created_at timestamptz NOT NULL DEFAULT now(),
  started_at timestamptz,
  finished_at timestamptz,
  PRIMARY KEY (workspace_id, id)
);
CREATE INDEX job_finished ON job (workspace_id, finished_at) WHERE finished_at IS NOT NULL;
CALL protect('job');

-- What a job goes through, frozen before its first step: a row per batch, each
-- with the ids of its subjects. The first one's position in the whole is the key.
CREATE TABLE job_batch (
  workspace_id uuid NOT NULL,
  job_id uuid NOT NULL,
  first bigint NOT NULL,
  subject_ids uuid[] NOT NULL,
  PRIMARY KEY (workspace_id, job_id, first),
  FOREIGN KEY (workspace_id, job_id) REFERENCES job ON DELETE CASCADE
);
CALL protect('job_batch');

-- The result per item of a job that has items: why one was skipped or refused.
CREATE TABLE job_item (
  workspace_id uuid NOT NULL,
  job_id uuid NOT NULL,
  position bigint NOT NULL,
  subject_id uuid,
  outcome text NOT NULL,
  reason text,
  -- What undoing the item needs to know.
  detail jsonb,
  PRIMARY KEY (workspace_id, job_id, position),
  FOREIGN KEY (workspace_id, job_id) REFERENCES job ON DELETE CASCADE
);
CALL protect('job_item');

-- Answers kept for 24 hours so that a repeated write gives its first result.
CREATE TABLE idempotent_answer (
  workspace_id uuid NOT NULL REFERENCES workspace,
  actor_id uuid NOT NULL,
  key text NOT NULL,
  request_digest text NOT NULL,
  status int NOT NULL,
  body jsonb,
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (workspace_id, actor_id, key)
);
CALL protect('idempotent_answer');

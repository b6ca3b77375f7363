-- Queueing in the caller's transaction, without giving the application role the
-- queue's own tables.
CREATE FUNCTION enqueue_job(p_workspace uuid, p_job uuid) RETURNS void
  LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public
  AS $$
    SELECT graphile_worker.add_job('job', json_build_object('workspace_id', p_workspace, 'job_id', p_job),
                                   max_attempts => 10, job_key => p_job::text)
  $$;
REVOKE ALL ON FUNCTION enqueue_job FROM PUBLIC;
GRANT EXECUTE ON FUNCTION enqueue_job TO heed_app;

-- Processes that work, and when each was last seen: what a dead one held is taken back.
CREATE TABLE worker_process (
  id uuid PRIMARY KEY,
  host text NOT NULL,
  pid int NOT NULL,
  -- Names under which this process holds queue jobs.
  queue_workers text[] NOT NULL DEFAULT '{}',
  started_at timestamptz NOT NULL DEFAULT now(),
  seen_at timestamptz NOT NULL DEFAULT now()
);
GRANT SELECT, INSERT, UPDATE, DELETE ON worker_process TO heed_system;

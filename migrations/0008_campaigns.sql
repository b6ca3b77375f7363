CREATE TABLE template (
  workspace_id uuid NOT NULL REFERENCES workspace,
  id uuid NOT NULL,
  name text NOT NULL,
  subject text NOT NULL,
  format text NOT NULL CHECK (format IN ('text', 'mjml')),
  body text NOT NULL,
  -- What it is rendered from (campaigns/content): subject, HTML and text with their
  -- Liquid, compiled once when the template is saved.
  compiled jsonb NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (workspace_id, id),
  UNIQUE (workspace_id, name)
);
CALL protect('template');

CREATE TABLE campaign (
  workspace_id uuid NOT NULL REFERENCES workspace,
  id uuid NOT NULL,
  name text NOT NULL,
  state text NOT NULL DEFAULT 'draft' CHECK (state IN ('draft', 'starting', 'running', 'paused', 'finished')),
  channel text NOT NULL DEFAULT 'email',
  topic_id uuid,
  sending_account_id uuid,
  stop_on_reply boolean NOT NULL DEFAULT true,
  -- { "days": [1..7], "from": "09:00", "to": "17:00" } in time_zone; null is any time.
  sending_window jsonb,
  time_zone text NOT NULL DEFAULT 'UTC',
  owner_id uuid,
  created_at timestamptz NOT NULL DEFAULT now(),
  started_at timestamptz,
  finished_at timestamptz,
  PRIMARY KEY (workspace_id, id),
  UNIQUE (workspace_id, name),
  FOREIGN KEY (workspace_id, topic_id) REFERENCES topic,
  FOREIGN KEY (workspace_id, sending_account_id) REFERENCES sending_account
);
CALL protect('campaign', p_system => true);

CREATE TABLE campaign_list (
  workspace_id uuid NOT NULL,
  campaign_id uuid NOT NULL,
  list_id uuid NOT NULL,
  excluded boolean NOT NULL DEFAULT false,
  PRIMARY KEY (workspace_id, campaign_id, list_id),
  FOREIGN KEY (workspace_id, campaign_id) REFERENCES campaign ON DELETE CASCADE,
  FOREIGN KEY (workspace_id, list_id) REFERENCES list
);
CALL protect('campaign_list');

-- The content is copied from the template when the campaign starts, so that
-- editing a template never changes what is already going out.
CREATE TABLE campaign_step (
  workspace_id uuid NOT NULL,
  campaign_id uuid NOT NULL,
  position int NOT NULL,
  template_id uuid NOT NULL,
  -- ISO 8601 duration after the step before (or after the start).
  delay text NOT NULL DEFAULT 'PT0S',
  content jsonb,
  PRIMARY KEY (workspace_id, campaign_id, position),
  FOREIGN KEY (workspace_id, campaign_id) REFERENCES campaign ON DELETE CASCADE,
  FOREIGN KEY (workspace_id, template_id) REFERENCES template
);
CALL protect('campaign_step');

-- A contact's enrolment in a campaign's sequence.
CREATE TABLE follow_up (
  workspace_id uuid NOT NULL,
  id uuid NOT NULL,
  campaign_id uuid NOT NULL,
  contact_id uuid NOT NULL,
  state text NOT NULL DEFAULT 'active' CHECK (state IN ('active', 'paused', 'finished', 'replied', 'stopped', 'removed')),
  round int NOT NULL DEFAULT 1,
  next_step int NOT NULL DEFAULT 0,
  -- When the next step falls due; null while a message of it is queued or nothing follows.
  due_at timestamptz,
  because text,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (workspace_id, id),
  UNIQUE (workspace_id, campaign_id, contact_id),
  FOREIGN KEY (workspace_id, campaign_id) REFERENCES campaign ON DELETE CASCADE,
  FOREIGN KEY (workspace_id, contact_id) REFERENCES contact ON DELETE CASCADE
) WITH (fillfactor = 85);
-- What is due, and whether anything of a campaign is still open.
CREATE INDEX follow_up_open ON follow_up (workspace_id, campaign_id, due_at) WHERE state IN ('active', 'paused');
CREATE INDEX follow_up_contact ON follow_up (workspace_id, contact_id);
CALL protect('follow_up', p_system => true);

-- Tells the planner at once what an enrolment added: without it, each batch of a
-- just started campaign would read the whole table until autovacuum comes by.
CREATE FUNCTION settle_follow_ups() RETURNS void
  LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public
  AS $$ BEGIN ANALYZE follow_up; END $$;
REVOKE ALL ON FUNCTION settle_follow_ups FROM PUBLIC;
GRANT EXECUTE ON FUNCTION settle_follow_ups TO heed_app;

-- Counters kept in the transactions of the facts themselves, so that figures
-- never depend on contact rows (D5).
CREATE TABLE campaign_result (
  workspace_id uuid NOT NULL,
  campaign_id uuid NOT NULL,
  step int NOT NULL,
  queued bigint NOT NULL DEFAULT 0,
  sent bigint NOT NULL DEFAULT 0,
  delivered bigint NOT NULL DEFAULT 0,
  bounced bigint NOT NULL DEFAULT 0,
  complained bigint NOT NULL DEFAULT 0,
  failed bigint NOT NULL DEFAULT 0,
  unknown bigint NOT NULL DEFAULT 0,
  cancelled bigint NOT NULL DEFAULT 0,
  replied bigint NOT NULL DEFAULT 0,
  unsubscribed bigint NOT NULL DEFAULT 0,
  PRIMARY KEY (workspace_id, campaign_id, step),
  FOREIGN KEY (workspace_id, campaign_id) REFERENCES campaign ON DELETE CASCADE
);
CALL protect('campaign_result');

-- Messages accepted by the hour, for the curve of a campaign's results.
CREATE TABLE campaign_hour (
  workspace_id uuid NOT NULL,
  campaign_id uuid NOT NULL,
  hour timestamptz NOT NULL,
  sent bigint NOT NULL DEFAULT 0,
  PRIMARY KEY (workspace_id, campaign_id, hour),
  FOREIGN KEY (workspace_id, campaign_id) REFERENCES campaign ON DELETE CASCADE
);
CALL protect('campaign_hour');

-- Messages as campaigns read them; sending alone writes them.
CREATE VIEW campaign_message WITH (security_invoker = true) AS
  SELECT workspace_id, id, campaign_id, follow_up_id, contact_id, account_id, round, step, state, open, due_at, finished_at, created_at
  FROM message;
GRANT SELECT ON campaign_message TO heed_app;

-- Contacts that a campaign's lists exclude: members of its excluded lists, and
-- those excluded from the lists it goes to.
CREATE VIEW campaign_exclusion WITH (security_invoker = true) AS
  SELECT cl.workspace_id, cl.campaign_id, m.contact_id
  FROM campaign_list cl JOIN list_member m USING (workspace_id, list_id) WHERE cl.excluded
  UNION ALL
  SELECT cl.workspace_id, cl.campaign_id, x.contact_id
  FROM campaign_list cl JOIN list_exclusion x USING (workspace_id, list_id) WHERE NOT cl.excluded;
GRANT SELECT ON campaign_exclusion TO heed_app;

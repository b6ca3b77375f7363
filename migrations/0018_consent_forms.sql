-- The consent centre, forms, verified addresses, and stops of the whole installation.

-- What a person agreed to or took back, and how that is known. Append-only; bound to the address, as
-- an unsubscribe is. Erasing empties the evidence, the last thing that may name a person.
CREATE TABLE consent_event (
  workspace_id uuid NOT NULL,
  id uuid NOT NULL,
  key uuid NOT NULL,
  channel text NOT NULL CHECK (channel IN ('email', 'sms', 'whatsapp', 'call')),
  -- Null is every topic of the channel: of an opt-out, and of its lift.
  topic_id uuid,
  state text NOT NULL CHECK (state IN ('opted_in', 'opted_out', 'implied', 'lifted')),
  -- form, preference_page, user, api; of an opt-out, the cause of its stop.
  source text NOT NULL,
  -- The unsubscribe that said so.
  stop_id uuid,
  evidence jsonb NOT NULL DEFAULT '{}',
  actor_type text NOT NULL,
  actor_id uuid,
  at timestamptz NOT NULL DEFAULT clock_timestamp(),
  expires_at timestamptz,
  PRIMARY KEY (workspace_id, id)
);
CREATE INDEX consent_event_key ON consent_event (workspace_id, key, id);
CALL protect('consent_event', 'SELECT, INSERT');
GRANT UPDATE (evidence) ON consent_event TO heed_app;

-- The projection that the gate reads: what holds, by address and topic.
CREATE TABLE consent (
  workspace_id uuid NOT NULL,
  key uuid NOT NULL,
  channel text NOT NULL,
  topic_id uuid NOT NULL,
  state text NOT NULL CHECK (state IN ('opted_in', 'implied')),
  expires_at timestamptz,
  event_id uuid NOT NULL,
  PRIMARY KEY (workspace_id, key, channel, topic_id)
);
CALL protect('consent');

-- For every contact: its address on the channel and why it may not be written
-- to, as bits in the order in which they are told (0 is eligible):
--   1 in the bin   2 deactivated   4 no address   8 address invalid   16 quarantined
--   32 suppressed  64 unsubscribed 128 do not disturb 256 do not contact
--   512 no consent 1024 excluded from the campaign's lists
-- Stops on a further address cover the contact only where the person spoke: unsubscribes and complaints.
-- Set-based: join it to any set of contacts. The planner inlines it, and runs
-- each EXISTS as one hash for a large set or one index probe for a small one.
CREATE OR REPLACE FUNCTION sending_status(p_channel text, p_topic uuid, p_campaign uuid)
  RETURNS TABLE (workspace_id uuid, contact_id uuid, address text, key uuid, refusals int)
  LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT c.workspace_id, c.id,
    CASE WHEN p_channel = 'email' THEN c.email ELSE c.phone END,
    CASE WHEN p_channel = 'email' THEN c.email_key ELSE c.phone_key END,
    CASE WHEN c.deletion_id IS NULL THEN 0 ELSE 1 END
    | CASE WHEN p_channel = 'email'
        THEN CASE WHEN c.email IS NULL OR c.email_key IS NULL THEN 4 WHEN c.email_validity = 'invalid' THEN 8 ELSE 0 END
        ELSE CASE WHEN c.phone IS NULL OR c.phone_key IS NULL THEN 4 WHEN c.phone_validity = 'invalid' THEN 8 ELSE 0 END
      END
    | CASE WHEN EXISTS (SELECT 1 FROM standing_stop s WHERE s.workspace_id = c.workspace_id AND s.subject = c.id)
             OR EXISTS (SELECT 1 FROM standing_stop s WHERE s.workspace_id = c.workspace_id
                          AND s.subject = CASE WHEN p_channel = 'email' THEN c.email_key ELSE c.phone_key END)
        THEN coalesce((
          SELECT bit_or(stop_refusal(s.kind, s.channel, s.topic_id, s.campaign_id, p_channel, p_topic, p_campaign))
          FROM standing_stop s
          WHERE s.workspace_id = c.workspace_id
            AND s.subject IN (c.id, CASE WHEN p_channel = 'email' THEN c.email_key ELSE c.phone_key END)), 0)
        ELSE 0 END
    | CASE WHEN p_channel = 'email' AND (
             EXISTS (SELECT 1 FROM standing_stop s WHERE s.workspace_id = c.workspace_id
                       AND s.subject_type = 'domain' AND s.subject = c.email_domain_key)
             OR c.email_root_key IS NOT NULL AND
             EXISTS (SELECT 1 FROM standing_stop s WHERE s.workspace_id = c.workspace_id
                       AND s.subject_type = 'domain' AND s.subject = c.email_root_key))
        THEN coalesce((
          SELECT bit_or(stop_refusal(s.kind, s.channel, s.topic_id, s.campaign_id, p_channel, p_topic, p_campaign))
          FROM standing_stop s
          WHERE s.workspace_id = c.workspace_id AND s.subject_type = 'domain'
            AND s.subject IN (c.email_domain_key, c.email_root_key)), 0)
        ELSE 0 END
    | CASE WHEN EXISTS (SELECT 1 FROM contact_address a WHERE a.workspace_id = c.workspace_id AND a.contact_id = c.id)
        THEN coalesce((
          SELECT bit_or(stop_refusal(s.kind, s.channel, s.topic_id, s.campaign_id, p_channel, p_topic, p_campaign))
          FROM contact_address a
          JOIN standing_stop s ON s.workspace_id = a.workspace_id AND s.subject = a.key
          WHERE a.workspace_id = c.workspace_id AND a.contact_id = c.id
            AND (s.kind = 'unsubscribe' OR s.cause = 'complaint')), 0)
        ELSE 0 END
    | CASE WHEN p_campaign IS NOT NULL AND
             EXISTS (SELECT 1 FROM campaign_exclusion x WHERE x.workspace_id = c.workspace_id
                       AND x.campaign_id = p_campaign AND x.contact_id = c.id)
        THEN 1024 ELSE 0 END
    -- Administrative messages have neither topic nor campaign and need no consent. A campaign without a
    -- topic has nobody's. The policy is read once a statement.
    | CASE WHEN (p_topic IS NOT NULL OR p_campaign IS NOT NULL)
             AND (SELECT (w.policy ->> 'consent_required')::boolean FROM workspace w WHERE w.workspace_id = current_workspace())
             AND NOT EXISTS (SELECT 1 FROM consent k WHERE k.workspace_id = c.workspace_id
                               AND k.key = CASE WHEN p_channel = 'email' THEN c.email_key ELSE c.phone_key END
                               AND k.channel = p_channel AND k.topic_id = p_topic AND (k.expires_at IS NULL OR k.expires_at > now()))
        THEN 512 ELSE 0 END
  FROM contact c
  $$;

-- Forms by which people subscribe, change what they get, or stop it all.
CREATE TABLE form (
  workspace_id uuid NOT NULL REFERENCES workspace,
  id uuid NOT NULL,
  name text NOT NULL,
  kind text NOT NULL CHECK (kind IN ('subscribe', 'update', 'stop')),
  -- Subscribe: what people opt in to.
  topic_id uuid,
  -- Subscribe: the list that they come on.
  list_id uuid,
  -- What is asked beside the email address: first_name, last_name, company.
  fields text[] NOT NULL DEFAULT '{}',
  -- What people agree to, in the words that they read.
  wording text NOT NULL DEFAULT '',
  double_opt_in boolean NOT NULL DEFAULT true,
  -- Websites that may show the form in a frame, such as https://example.org.
  origins text[] NOT NULL DEFAULT '{}',
  -- Where a person is led after it; null shows our own page.
  redirect_url text,
  archived_at timestamptz,
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (workspace_id, id)
);
CREATE UNIQUE INDEX form_name ON form (workspace_id, lower(name)) WHERE archived_at IS NULL;
-- A form's address names no workspace.
CREATE UNIQUE INDEX form_id ON form (id);
CALL protect('form', p_system => true);

-- What somebody sent with a form and has to confirm by mail. The confirmation's address is in the
-- message; this row goes when its time is over.
CREATE TABLE form_submission (
  workspace_id uuid NOT NULL,
  id uuid NOT NULL,
  form_id uuid NOT NULL,
  -- The mail that asks for the confirmation.
  message_id uuid NOT NULL,
  key uuid NOT NULL,
  address text COLLATE "C" NOT NULL,
  answers jsonb NOT NULL DEFAULT '{}',
  wording text NOT NULL,
  language text NOT NULL,
  -- Keyed hash of the address that the request came from.
  ip_hash text NOT NULL,
  at timestamptz NOT NULL DEFAULT clock_timestamp(),
  expires_at timestamptz NOT NULL,
  confirmed_at timestamptz,
  PRIMARY KEY (workspace_id, id)
);
CREATE INDEX form_submission_message ON form_submission (workspace_id, message_id);
CREATE INDEX form_submission_key ON form_submission (workspace_id, key, at);
CREATE INDEX form_submission_expiry ON form_submission (workspace_id, expires_at);
CALL protect('form_submission');

-- What the operator suppresses in every workspace, also in those that are made later. It stands
-- among the facts of the installation as `suppression:<subject>`: a key and no address. A workspace
-- in the making holds the lock that the operator's act waits for, so neither misses the other.
CREATE FUNCTION organisation_suppressions()
  RETURNS TABLE (subject uuid, subject_type text, channel text, because text)
  LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = public AS $$
  SELECT pg_advisory_xact_lock_shared(hashtext('organisation_suppressions'));
  SELECT substr(name, 13)::uuid, value ->> 'subject_type', value ->> 'channel', value ->> 'because'
  FROM installation WHERE name LIKE 'suppression:%' AND value ->> 'lifted_at' IS NULL
  $$;
GRANT EXECUTE ON FUNCTION organisation_suppressions TO heed_app;

-- What is known of an address: asked once, kept nine months. An unknown one is tried again, ever more slowly.
CREATE TABLE address_verification (
  workspace_id uuid NOT NULL,
  key uuid NOT NULL,
  verdict text NOT NULL CHECK (verdict IN ('valid', 'risky', 'invalid', 'unknown')),
  -- no_domain, null_mx, no_mail_server, disposable, role_account, bounced, not_asked, no_answer.
  reasons text[] NOT NULL DEFAULT '{}',
  at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL,
  tries int NOT NULL DEFAULT 1,
  PRIMARY KEY (workspace_id, key)
);
CREATE INDEX address_verification_again ON address_verification (workspace_id, expires_at) WHERE verdict = 'unknown';
CALL protect('address_verification');

-- How far verification has gone through the contacts, in the order of their creation; it begins
-- anew every day, for what expired and for those that were committed late.
CREATE TABLE verification_progress (
  workspace_id uuid PRIMARY KEY,
  after uuid,
  began_at timestamptz NOT NULL DEFAULT now()
);
CALL protect('verification_progress');
